import type { CaseSummary } from '../core/contract/cases.ts';
import { AppError } from '../core/errors.ts';
import type { Client } from '../local/client.ts';

/** The case with this name or id; without one, the person's own. @throws AppError `cases/no-such-case` naming what there is */
export async function chooseCase(client: Client, wanted: string | undefined): Promise<CaseSummary> {
  const cases = await client.cases.list();
  const found =
    wanted === undefined
      ? cases.find(({ personal }) => personal)
      : cases.filter(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  const chosen = Array.isArray(found) ? (found.length === 1 ? found[0] : undefined) : found;
  if (chosen) return chosen;
  const names = cases.map(({ id, name }) => `${name} (${id})`);
  throw new AppError(
    'cases/no-such-case',
    `There is no single case called "${wanted ?? ''}" that you are in. Your cases: ${names.join(', ') || 'none'}.`,
    { names },
  );
}
