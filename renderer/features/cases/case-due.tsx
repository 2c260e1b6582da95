import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../../electron/core/contract/index.ts';
import { formatDay } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';

/** When a closed case is to be deleted; in red from that day on. */
export function CaseDue({ of: { dueAt } }: { readonly of: Pick<CaseSummary, 'dueAt'> }) {
  const { t } = useTranslation('cases');
  const now = useNow(false);
  if (dueAt === null) return null;
  const due = dueAt <= now;
  return (
    <Tooltip label={t(due ? 'due.sinceHint' : 'due.hint')}>
      <Text component="span" fz="xs" truncate {...(due ? { c: 'red', fw: 600 } : { c: 'dimmed' })}>
        {t(due ? 'due.since' : 'due.on', { day: formatDay(dueAt) })}
      </Text>
    </Tooltip>
  );
}
