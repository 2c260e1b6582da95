import type { TFunction } from 'i18next';
import type { MonitorSample } from '../../../electron/core/contract/index.ts';
import { formatBytes, formatDuration, formatNumber, formatPercent } from '../../lib/format.ts';
import { niceTop, type Samples } from './sample-window.ts';

type Line = { readonly key: string; readonly label: string; readonly value: (sample: MonitorSample) => number | null };

export type Chart = {
  readonly key: string;
  readonly title: string;
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  /** Top of the vertical axis for the highest value shown; the axis begins at 0. */
  readonly top: (highest: number, samples: Samples) => number;
};

/** What the view draws, in reading order. Charts of graphics devices are there when a device is. */
export function chartsOf(t: TFunction<'monitor'>, deviceNames: readonly string[]): Chart[] {
  const share = { format: (value: number) => formatPercent(value), top: () => 1 };
  const charts: Chart[] = [
    {
      key: 'tokens',
      title: t('charts.tokens'),
      lines: [{ key: 'tokens', label: t('lines.tokens'), value: ({ inference }) => inference.tokensPerSecond }],
      format: (value) => t('perSecond', { value: formatNumber(value, value < 10 ? 1 : 0) }),
      top: (highest) => niceTop(highest, 4),
    },
    {
      key: 'latency',
      title: t('charts.latency'),
      lines: [
        { key: 'p50', label: t('lines.p50'), value: ({ inference }) => inference.latencyP50Ms },
        { key: 'p95', label: t('lines.p95'), value: ({ inference }) => inference.latencyP95Ms },
        { key: 'first', label: t('lines.firstToken'), value: ({ inference }) => inference.firstTokenP50Ms },
      ],
      format: (value) => formatDuration(Math.round(value)),
      top: (highest) => niceTop(highest, 100),
    },
    {
      key: 'cpu',
      title: t('charts.cpu'),
      lines: [{ key: 'cpu', label: t('lines.machine'), value: ({ cpu }) => cpu }],
      ...share,
    },
    {
      key: 'memory',
      title: t('charts.memory'),
      lines: [
        { key: 'used', label: t('lines.machine'), value: ({ memoryUsedBytes }) => memoryUsedBytes },
        { key: 'own', label: t('lines.redoubt'), value: ownMemory },
      ],
      format: formatBytes,
      top: (_highest, samples) => samples.at(-1)?.memoryTotalBytes ?? 1,
    },
    {
      key: 'queue',
      title: t('charts.queue'),
      lines: [
        { key: 'requests', label: t('lines.requests'), value: ({ inference }) => inference.active + inference.queued },
        { key: 'documents', label: t('lines.documents'), value: ({ documents }) => documents.reading + documents.queued },
        { key: 'runs', label: t('lines.runs'), value: ({ runs }) => runs.running + runs.queued },
      ],
      format: (value) => formatNumber(value),
      top: (highest) => niceTop(highest, 4),
    },
    {
      key: 'pages',
      title: t('charts.pages'),
      lines: [{ key: 'pages', label: t('lines.pages'), value: ({ documents }) => documents.pagesPerMinute }],
      format: (value) => formatNumber(value),
      top: (highest) => niceTop(highest, 4),
    },
  ];
  if (deviceNames.length === 0) return charts;
  const device = (figure: (gpu: MonitorSample['gpus'][number]) => number | null): Line[] =>
    deviceNames.map((name, index) => ({
      key: String(index),
      label: deviceNames.length > 1 ? `${index} · ${name}` : name,
      value: ({ gpus }) => (gpus[index] ? figure(gpus[index]) : null),
    }));
  charts.push(
    { key: 'gpu', title: t('charts.gpu'), lines: device(({ utilisation }) => utilisation), ...share },
    {
      key: 'gpuMemory',
      title: t('charts.gpuMemory'),
      lines: device(({ memoryUsedBytes }) => memoryUsedBytes),
      format: formatBytes,
      top: (highest, samples) => Math.max(highest, 1, ...(samples.at(-1)?.gpus ?? []).map(({ memoryTotalBytes }) => memoryTotalBytes ?? 0)),
    },
  );
  return charts;
}

/** Resident memory of Redoubt's processes together; null where the system tells of none. */
function ownMemory({ processes }: MonitorSample): number | null {
  const known = processes.flatMap(({ residentBytes }) => residentBytes ?? []);
  return known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}
