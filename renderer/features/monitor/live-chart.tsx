import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Chart } from './charts.ts';
import classes from './monitor.module.css';
import { type Samples, toColumns } from './sample-window.ts';

const height = 136;
/** Second and third lines differ by dash as well as by colour. */
const dashes = [[], [6, 4], [2, 3], [8, 3, 2, 3]];

type Props = {
  readonly chart: Chart;
  readonly samples: Samples;
  /** Width of the time axis; it ends at the newest sample. */
  readonly spanMs: number;
  /** What the picture says, in words. */
  readonly label: string;
  /** Index of the sample under the pointer, in any of the charts. */
  readonly onPoint: (sample: Samples[number] | null) => void;
};

/** One canvas of lines over time, as wide as its place, in the colours the page had when it was mounted. */
export function LiveChart({ chart, samples, spanMs, label, onPoint }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const { t } = useTranslation('monitor');
  const ago = (seconds: number) => {
    if (seconds < 1) return t('now');
    return spanMs > 60_000 ? t('minutesAgo', { count: Math.round(seconds / 60) }) : t('secondsAgo', { count: Math.round(seconds) });
  };

  const data = useMemo(
    () =>
      toColumns(
        samples,
        chart.lines.map(({ value }) => value),
      ) as uPlot.AlignedData,
    [samples, chart],
  );
  // The plot lives longer than one rendering and asks for what holds now.
  const present = useRef({ chart, samples, spanMs, onPoint, data, ago });
  useLayoutEffect(() => {
    present.current = { chart, samples, spanMs, onPoint, data, ago };
  });

  const lineKeys = chart.lines.map(({ key }) => key).join();
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const style = getComputedStyle(element);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--rd-dimmed'), font: `11px ${style.fontFamily}`, ticks: { show: false }, border: { show: false } };
    const grid = { stroke: colour('--rd-line-soft'), width: 1 };
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [10, 18, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 }, sync: { key: 'monitor' } },
        scales: {
          x: { time: true, range: () => timeRange(present.current) },
          y: { range: (_self, _low, high) => [0, present.current.chart.top(high ?? 0, present.current.samples)] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            size: 24,
            splits: (_self, _axis, from, to) => timeSplits(from, to),
            values: (_self, seconds) =>
              seconds.map((second, index) => (index === 0 ? '' : present.current.ago((seconds.at(-1) ?? second) - second))),
          },
          {
            ...axis,
            grid,
            size: 62,
            splits: (_self, _axis, low, high) => [low, high / 2, high],
            values: (_self, values) => values.map((value) => present.current.chart.format(value)),
          },
        ],
        series: [
          {},
          ...lineKeys.split(',').map((_key, index) => ({
            stroke: colour(`--line-${index % 4}`),
            width: 1.5,
            dash: dashes[index % dashes.length] ?? [],
            points: { show: false },
          })),
        ],
        hooks: { setCursor: [(self) => present.current.onPoint(pointedSample(self, present.current.samples))] },
      },
      present.current.data,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [lineKeys]);

  useEffect(() => {
    plot.current?.setData(data);
  }, [data]);

  return <div ref={host} className={classes['canvas']} role="img" aria-label={label} />;
}

function timeRange({ samples, spanMs }: Pick<Props, 'samples' | 'spanMs'>): [number, number] {
  const end = (samples.at(-1)?.at ?? 0) / 1000;
  return [end - spanMs / 1000, end];
}

/** Marks at fixed distances from the newest sample, so that their places and words stay while the lines move. */
function timeSplits(from: number, to: number): number[] {
  const steps = to - from > 60 ? 5 : 4;
  return Array.from({ length: steps + 1 }, (_unused, index) => to - ((steps - index) * (to - from)) / steps);
}

function pointedSample({ cursor, data }: uPlot, samples: Samples): Samples[number] | null {
  const second = typeof cursor.idx === 'number' ? data[0][cursor.idx] : undefined;
  return samples.find(({ at }) => at / 1000 === second) ?? null;
}
