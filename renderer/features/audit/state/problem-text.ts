import type { TFunction } from 'i18next';
import type { AuditVerification } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';

type Translate = TFunction<readonly ['audit', ...string[]] | 'audit'>;

/** What is wrong with the log, in the language of the page, and with which entry. */
export function problemText(t: Translate, { sequence, code, values }: AuditVerification['problems'][number]): string {
  const shown = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value) : value]),
  );
  const text = t(`problem.${code}`, shown);
  return sequence === null ? text : t('verify.problemAt', { sequence: formatNumber(sequence), text });
}
