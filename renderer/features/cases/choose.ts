import { chooseCase, chosenCaseId } from '../../lib/cases.ts';
import { navigate, parseHash } from '../../lib/route.ts';

/** Views whose lists show one case or all of them. */
const filtered = new Set(['documents', 'flows', 'runs', 'assistant']);

/** Changes the case. What is open belongs to the old one, so the page goes back to the list it came from. */
export function changeCase(id: string | null): void {
  if (id === chosenCaseId()) return;
  chooseCase(id);
  const { view, args } = parseHash(location.hash);
  if (filtered.has(view) && args.length > 0) navigate(view);
}
