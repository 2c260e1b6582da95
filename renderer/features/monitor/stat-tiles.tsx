import { useTranslation } from 'react-i18next';
import type { MonitorSample } from '../../../electron/core/contract/index.ts';
import { formatBytes, formatDuration, formatNumber, formatPercent } from '../../lib/format.ts';
import classes from './monitor.module.css';

type Tile = { readonly key: string; readonly label: string; readonly value: string; readonly detail: string };

const nothing = '–';
const duration = (ms: number | null) => (ms === null ? nothing : formatDuration(Math.round(ms)));
const bytes = (value: number | null) => (value === null ? nothing : formatBytes(value));

/** The present moment in a few numbers. Tiles keep their place and size whatever the numbers are. */
export function StatTiles({ sample }: { readonly sample: MonitorSample | undefined }) {
  const { t } = useTranslation('monitor');
  const tiles = sample ? tilesOf(sample) : [];
  function tilesOf({ inference, documents, runs, gpus, ...machine }: MonitorSample): Tile[] {
    const [gpu] = gpus;
    return [
      {
        key: 'tokens',
        label: t('tiles.tokens'),
        value: formatNumber(inference.tokensPerSecond, 1),
        detail: t('tiles.requests', { active: formatNumber(inference.active), queued: formatNumber(inference.queued) }),
      },
      {
        key: 'latency',
        label: t('tiles.latency'),
        value: duration(inference.latencyP50Ms),
        detail: t('tiles.p95', { value: duration(inference.latencyP95Ms) }),
      },
      { key: 'firstToken', label: t('tiles.firstToken'), value: duration(inference.firstTokenP50Ms), detail: t('tiles.lastFiveMinutes') },
      { key: 'cpu', label: t('tiles.cpu'), value: formatPercent(machine.cpu), detail: t('tiles.allCores') },
      {
        key: 'memory',
        label: t('tiles.memory'),
        value: formatBytes(machine.memoryUsedBytes),
        detail: t('tiles.of', { total: formatBytes(machine.memoryTotalBytes) }),
      },
      {
        key: 'pages',
        label: t('tiles.pages'),
        value: formatNumber(documents.pagesPerMinute),
        detail: t('tiles.documents', { reading: formatNumber(documents.reading), queued: formatNumber(documents.queued) }),
      },
      {
        key: 'runs',
        label: t('tiles.runs'),
        value: formatNumber(runs.running),
        detail: t('tiles.waiting', { queued: formatNumber(runs.queued) }),
      },
      ...(gpu
        ? [
            {
              key: 'gpu',
              label: t('tiles.gpu'),
              value: gpu.utilisation === null ? nothing : formatPercent(gpu.utilisation),
              detail: t('tiles.gpuDetail', { used: bytes(gpu.memoryUsedBytes), total: bytes(gpu.memoryTotalBytes) }),
            },
          ]
        : []),
    ];
  }
  return (
    <dl className={classes['tiles']} aria-label={t('tiles.title')}>
      {tiles.map(({ key, label, value, detail }) => (
        <div key={key} className={classes['tile']}>
          <dt>{label}</dt>
          <dd className={classes['value']}>{value}</dd>
          <dd className={classes['detail']} title={detail}>
            {detail}
          </dd>
        </div>
      ))}
    </dl>
  );
}
