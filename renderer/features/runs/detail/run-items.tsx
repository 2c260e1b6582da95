import { Drawer, Group, Pagination, Select, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFileOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunItem } from '../../../../electron/core/contract/runs.ts';
import { describe } from '../../../lib/errors.ts';
import { formatDuration, formatNumber } from '../../../lib/format.ts';
import { navigate } from '../../../lib/route.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import type { LiveRun } from '../model/live-run.ts';
import { RunStateBadge } from '../run-state.tsx';
import classes from './detail.module.css';
import { ItemPanel } from './item-panel.tsx';

const perPage = 100;
const states = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

/** The documents of a run; the chosen one shows its result and steps beside them, on a narrow window above them. */
export function RunItems({ live, item }: { readonly live: LiveRun; readonly item: number | null }) {
  const { t } = useTranslation(['runs', 'common']);
  const narrow = useMediaQuery('(max-width: 1000px)', false, { getInitialValueInEffect: false });
  const [state, setState] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  const columns = useItemColumns(live);
  const rows = useMemo(() => (state === null ? live.items : live.items.filter((row) => row.state === state)), [live.items, state]);
  const shown = rows.slice((page - 1) * perPage, page * perPage);
  const chosen = live.items.find((row) => row.index === item) ?? (narrow ? undefined : live.items[0]);
  const open = (row: RunItem): void => navigate('runs', [live.run.id, row.index]);
  const panel = chosen && <ItemPanel key={chosen.index} live={live} item={chosen} />;
  return (
    <div className={classes['split']}>
      <div className={classes['list']}>
        {live.items.length > 1 && (
          <Group p="xs" px="md" gap="xs">
            <Select
              aria-label={t('filter.state')}
              placeholder={t('filter.allStates')}
              data={states.map((value) => ({ value, label: t(`states.${value}`) }))}
              value={state}
              onChange={(next) => {
                setState(next);
                setPage(1);
              }}
              clearable
              clearButtonProps={{ 'aria-label': t('filter.clear') }}
              w={150}
            />
            <Text fz="xs" c="dimmed">
              {t('items.count', { count: rows.length, shown: formatNumber(rows.length) })}
            </Text>
          </Group>
        )}
        {shown.length === 0 ? (
          <EmptyState icon={IconFileOff} title={t('items.none')} />
        ) : (
          <DataTable
            label={t('detail.items')}
            rows={shown}
            rowKey={keyOf}
            rowLabel={nameOf}
            columns={columns}
            onOpen={open}
            current={chosen ? keyOf(chosen) : undefined}
          />
        )}
        {rows.length > perPage && (
          <Group justify="flex-end" px="md" py={6}>
            <Pagination
              size="sm"
              total={Math.ceil(rows.length / perPage)}
              value={page}
              onChange={setPage}
              getItemProps={(number) => ({ 'aria-label': t('pageNumber', { number }) })}
            />
          </Group>
        )}
      </div>
      {narrow ? (
        <Drawer
          opened={chosen !== undefined}
          onClose={() => navigate('runs', [live.run.id])}
          position="right"
          size="min(560px, 94vw)"
          title={t('columns.document')}
          closeButtonProps={{ 'aria-label': t('common:close') }}
        >
          {panel}
        </Drawer>
      ) : (
        panel && <div className={classes['side']}>{panel}</div>
      )}
    </div>
  );
}

function useItemColumns(live: LiveRun): readonly Column<RunItem>[] {
  const { t } = useTranslation('runs');
  const durations = useMemo(() => itemDurations(live), [live]);
  return useMemo(
    () => [
      {
        key: 'document',
        header: t('columns.document'),
        render: (row) => (
          <div>
            <Text fz="sm" fw={550} truncate title={row.documentName}>
              {row.documentName}
            </Text>
            {row.error && (
              <Text fz="xs" c="red" truncate title={describe(row.error)}>
                {describe(row.error)}
              </Text>
            )}
          </div>
        ),
      },
      { key: 'state', header: t('columns.state'), width: '124px', render: (row) => <RunStateBadge state={row.state} /> },
      {
        key: 'duration',
        header: t('columns.duration'),
        width: '92px',
        align: 'right',
        render: (row) => {
          const duration = durations.get(row.index);
          return duration === undefined ? '–' : formatDuration(duration);
        },
      },
    ],
    [t, durations],
  );
}

/** Working time of each item, in milliseconds: from its first step's beginning to its last step's end. */
function itemDurations(live: LiveRun): Map<number, number> {
  const spans = new Map<number, { from: number; to: number }>();
  for (const { item, startedAt, finishedAt } of live.steps.values()) {
    if (startedAt === null || finishedAt === null) continue;
    const span = spans.get(item);
    spans.set(item, { from: Math.min(span?.from ?? startedAt, startedAt), to: Math.max(span?.to ?? finishedAt, finishedAt) });
  }
  return new Map([...spans].map(([item, { from, to }]) => [item, Math.max(0, to - from)]));
}

const keyOf = (row: RunItem): string => String(row.index);
const nameOf = (row: RunItem): string => row.documentName;
