import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../electron/core/contract/index.ts';
import { formatNumber } from '../../lib/format.ts';
import type { Column } from '../../ui/data-table.tsx';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { actionName } from './action-name.ts';

export const outcomeTones: Readonly<Record<AuditEntry['outcome'], Tone>> = { done: 'good', failed: 'bad', denied: 'warning' };

/** The columns of the timeline, in the present language. */
export function useAuditColumns(): readonly Column<AuditEntry>[] {
  const { t } = useTranslation('audit');
  return useMemo(
    () => [
      {
        key: 'sequence',
        header: t('column.sequence'),
        width: '84px',
        align: 'right',
        render: ({ sequence }) => (
          <Text span fz="xs" c="dimmed">
            {formatNumber(sequence)}
          </Text>
        ),
      },
      { key: 'at', header: t('column.at'), width: '168px', render: ({ at }) => <Time at={at} /> },
      { key: 'actor', header: t('column.actor'), width: '130px', render: ({ actor }) => actor },
      { key: 'action', header: t('column.action'), render: ({ action }) => <span title={action}>{actionName(action)}</span> },
      {
        key: 'subject',
        header: t('column.subject'),
        wideOnly: true,
        render: ({ subject }) => <span title={subject}>{subject || '–'}</span>,
      },
      {
        key: 'outcome',
        header: t('column.outcome'),
        width: '104px',
        render: ({ outcome }) => <StatusBadge tone={outcomeTones[outcome]}>{t(`outcome.${outcome}`)}</StatusBadge>,
      },
    ],
    [t],
  );
}
