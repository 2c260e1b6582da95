import { Button, SegmentedControl } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../lib/commands.ts';
import { formatTime } from '../../lib/format.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ChartCard } from './chart-card.tsx';
import { chartsOf } from './charts.ts';
import { FiguresTable } from './figures-table.tsx';
import classes from './monitor.module.css';
import { ProcessTable } from './process-table.tsx';
import { since, type Samples } from './sample-window.ts';
import { StatTiles } from './stat-tiles.tsx';
import { useSamples } from './use-samples.ts';

const spans = { minute: 60_000, five: 5 * 60_000, ten: 10 * 60_000 } as const;
type Span = keyof typeof spans;
type Form = 'charts' | 'figures';

/** How the machine, the model engine and the queues are doing, live. */
export function MonitorView() {
  const { t } = useTranslation('monitor');
  const { samples, state } = useSamples();
  const [span, setSpan] = useState<Span>('five');
  const [form, setForm] = useState<Form>('charts');
  const [frozen, setFrozen] = useState<Samples | null>(null);
  const spanMs = spans[span];
  const shown = useMemo(() => since(frozen ?? samples, spanMs), [frozen, samples, spanMs]);
  const latest = shown.at(-1);
  const charts = chartsOf(t, latest?.gpus.map(({ name }) => name) ?? []);
  const pause = () => setFrozen(frozen ? null : samples);
  useCommands(
    t('title'),
    useMemo(
      () => [
        { id: 'monitor:charts', title: t('form.charts'), perform: () => setForm('charts') },
        { id: 'monitor:figures', title: t('form.figures'), perform: () => setForm('figures') },
      ],
      [t],
    ),
  );

  const description = frozen && latest ? t('pausedAt', { time: formatTime(latest.at) }) : t('description');
  return (
    <>
      <PageHeader title={t('title')} description={description}>
        <SegmentedControl
          size="xs"
          aria-label={t('form.label')}
          value={form}
          onChange={(value) => setForm(value)}
          data={(['charts', 'figures'] as const).map((value) => ({ value, label: t(`form.${value}`) }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('span.label')}
          value={span}
          onChange={(value) => setSpan(value)}
          data={(Object.keys(spans) as Span[]).map((value) => ({ value, label: t(`span.${value}`) }))}
        />
        <Button
          variant="default"
          miw={104}
          aria-pressed={frozen !== null}
          leftSection={frozen ? <IconPlayerPlay size={15} aria-hidden /> : <IconPlayerPause size={15} aria-hidden />}
          onClick={pause}
        >
          {frozen ? t('resume') : t('pause')}
        </Button>
      </PageHeader>
      {state.status === 'failed' && <ErrorState error={state.failure} />}
      {!latest && state.status !== 'failed' && <Loading />}
      {latest && (
        <div className={classes['body']}>
          <StatTiles sample={latest} />
          {form === 'figures' ? (
            <FiguresTable charts={charts} samples={shown} />
          ) : (
            <div className={classes['charts']}>
              {charts.map((chart) => (
                <ChartCard key={chart.key} chart={chart} samples={shown} spanMs={spanMs} />
              ))}
            </div>
          )}
          <ProcessTable processes={latest.processes} />
        </div>
      )}
    </>
  );
}
