import { Anchor, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../../electron/core/contract/runs.ts';
import { formatDuration, formatNumber } from '../../../lib/format.ts';
import { formatHash } from '../../../lib/hash.ts';
import type { Column } from '../../../ui/data-table.tsx';
import { Time } from '../../../ui/time.tsx';
import { CaseMark } from '../../cases/case-mark.tsx';
import { isActive } from '../model/live-run.ts';
import { RunStateBadge } from '../run-state.tsx';
import { useNow } from '../../../lib/use-now.ts';

/** The columns of the run history, in the present language; with the case of each where all cases are shown. */
export function useRunColumns(allCases: boolean): readonly Column<RunSummary>[] {
  const { t } = useTranslation('runs');
  return useMemo(
    () => [
      {
        key: 'flow',
        header: t('columns.flow'),
        render: (run) => (
          <Group gap={6} wrap="nowrap">
            <Anchor href={formatHash('runs', [run.id])} c="inherit" fz="sm" fw={550} truncate title={run.flowName} tabIndex={-1}>
              {run.flowName}
            </Anchor>
            <Text fz="xs" c="dimmed">
              v{run.flowVersion}
            </Text>
          </Group>
        ),
      },
      ...(allCases
        ? [
            {
              key: 'case',
              header: t('cases:case'),
              width: '20%',
              wideOnly: true,
              render: ({ caseId }: RunSummary) => <CaseMark caseId={caseId} />,
            },
          ]
        : []),
      { key: 'state', header: t('columns.state'), width: '124px', render: (run) => <RunStateBadge state={run.state} /> },
      {
        key: 'items',
        header: t('columns.items'),
        width: '92px',
        align: 'right',
        render: (run) => `${formatNumber(run.itemsSucceeded)} / ${formatNumber(run.itemCount)}`,
      },
      {
        key: 'failed',
        header: t('columns.failed'),
        width: '80px',
        align: 'right',
        wideOnly: true,
        render: (run) => (
          <Text component="span" fz="sm" {...(run.itemsFailed > 0 ? { c: 'red' } : { c: 'dimmed' })}>
            {formatNumber(run.itemsFailed)}
          </Text>
        ),
      },
      { key: 'duration', header: t('columns.duration'), width: '104px', align: 'right', render: (run) => <Duration run={run} /> },
      { key: 'by', header: t('columns.startedBy'), width: '130px', wideOnly: true, render: (run) => run.startedBy },
      { key: 'started', header: t('columns.started'), width: '150px', align: 'right', render: (run) => <Time at={run.startedAt} /> },
    ],
    [t, allCases],
  );
}

function Duration({ run }: { readonly run: RunSummary }) {
  const now = useNow(isActive(run));
  return formatDuration(Math.max(0, (run.finishedAt ?? now) - run.startedAt));
}
