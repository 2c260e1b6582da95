import { useComputedColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../lib/format.ts';
import type { Chart } from './charts.ts';
import { LiveChart } from './live-chart.tsx';
import classes from './monitor.module.css';
import { summarise, type Samples } from './sample-window.ts';

type Props = { readonly chart: Chart; readonly samples: Samples; readonly spanMs: number };

/** A chart with its name and the value of each line: the newest, or the one under the pointer. */
export function ChartCard({ chart, samples, spanMs }: Props) {
  const { t } = useTranslation('monitor');
  const scheme = useComputedColorScheme('light');
  const [pointed, setPointed] = useState<Samples[number] | null>(null);
  const shown = pointed ?? samples.at(-1);
  const say = (value: number | null) => (value === null ? '–' : chart.format(value));
  const words = chart.lines.map(({ label, value }) => {
    const { now, lowest, highest } = summarise(samples, value);
    return t('chartInWords', { line: label, now: say(now), lowest: say(lowest), highest: say(highest) });
  });
  return (
    <section className={classes['card']} aria-label={chart.title}>
      <header className={classes['cardHead']}>
        <h2>
          {chart.title}
          {pointed && <span className={classes['pointed']}>{formatTime(pointed.at)}</span>}
        </h2>
        <dl className={classes['legend']}>
          {chart.lines.map(({ key, label, value }, index) => (
            <div key={key}>
              <dt>
                <svg width="14" height="8" aria-hidden>
                  <line x1="0" y1="4" x2="14" y2="4" className={classes[`line${index % 4}`]} />
                </svg>
                <span>{label}</span>
              </dt>
              <dd>{say(shown ? value(shown) : null)}</dd>
            </div>
          ))}
        </dl>
      </header>
      <LiveChart
        key={scheme}
        chart={chart}
        samples={samples}
        spanMs={spanMs}
        label={[chart.title, ...words].join('. ')}
        onPoint={setPointed}
      />
    </section>
  );
}
