import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../electron/core/contract/runs.ts';
import { formatDuration, formatNumber } from '../../lib/format.ts';
import { isActive } from './model/live-run.ts';
import { useNow } from '../../lib/use-now.ts';

/** How far a run is: items done and failed, and while it works the rate and the time left. */
export function RunProgress({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs');
  const active = isActive(run);
  const now = useNow(active);
  const { itemCount, itemsSucceeded, itemsFailed } = run;
  const done = itemsSucceeded + itemsFailed;
  const elapsed = Math.max(1, (run.finishedAt ?? now) - run.startedAt);
  const percent = (count: number): number => (count / Math.max(1, itemCount)) * 100;
  return (
    <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
      <Progress.Root
        size="sm"
        flex={1}
        miw={60}
        role="progressbar"
        aria-label={t('progress.label')}
        aria-valuemin={0}
        aria-valuemax={itemCount}
        aria-valuenow={done}
      >
        <Progress.Section value={percent(itemsSucceeded)} color="green" withAria={false} />
        <Progress.Section value={percent(itemsFailed)} color="red" withAria={false} />
      </Progress.Root>
      <Text fz="xs" style={{ whiteSpace: 'nowrap' }}>
        {t('progress.items', { done: formatNumber(done), all: formatNumber(itemCount) })}
        {itemsFailed > 0 && ` · ${t('facts.failed', { count: itemsFailed })}`}
      </Text>
      <Text fz="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {formatDuration(elapsed)}
        {active && done > 0 && ` · ${t('progress.left', { time: formatDuration(Math.round((elapsed / done) * (itemCount - done))) })}`}
      </Text>
    </Group>
  );
}
