import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcessSample } from '../../../electron/core/contract/index.ts';
import { formatBytes, formatNumber, formatPercent } from '../../lib/format.ts';
import { DataTable, type Column } from '../../ui/data-table.tsx';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';
import classes from './monitor.module.css';

const tones: Readonly<Record<ProcessSample['state'], Tone>> = {
  ready: 'good',
  starting: 'active',
  restarting: 'warning',
  stopped: 'neutral',
};

/** Redoubt's processes: what each is for, how it is, and how its last one ended. */
export function ProcessTable({ processes }: { readonly processes: readonly ProcessSample[] }) {
  const { t } = useTranslation('monitor');
  const columns = useMemo<readonly Column<ProcessSample>[]>(
    () => [
      {
        key: 'name',
        header: t('processes.name'),
        render: ({ name }) => (
          <>
            {t(`processes.names.${name}`)} <span className={classes['dimmed']}>{t(`processes.purposes.${name}`)}</span>
          </>
        ),
      },
      {
        key: 'state',
        header: t('processes.state'),
        width: '140px',
        render: ({ state }) => (
          <StatusBadge tone={tones[state]} busy={state === 'starting' || state === 'restarting'}>
            {t(`processes.states.${state}`)}
          </StatusBadge>
        ),
      },
      { key: 'pid', header: t('processes.pid'), width: '90px', align: 'right', wideOnly: true, render: ({ pid }) => pid ?? '–' },
      {
        key: 'memory',
        header: t('processes.memory'),
        width: '110px',
        align: 'right',
        render: ({ residentBytes }) => (residentBytes === null ? '–' : formatBytes(residentBytes)),
      },
      {
        key: 'cpu',
        header: t('processes.cpu'),
        width: '110px',
        align: 'right',
        render: ({ cpu }) => (cpu === null ? '–' : formatPercent(cpu)),
      },
      {
        key: 'restarts',
        header: t('processes.restarts'),
        width: '100px',
        align: 'right',
        render: ({ restarts }) => formatNumber(restarts),
      },
      {
        key: 'lastExit',
        header: t('processes.lastExit'),
        width: '200px',
        wideOnly: true,
        render: ({ lastExit }) => lastExit ?? t('processes.noExit'),
      },
    ],
    [t],
  );
  const unknown = processes.some(({ state, residentBytes }) => state === 'ready' && residentBytes === null);
  return (
    <section className={classes['card']}>
      <header className={classes['cardHead']}>
        <h2>{t('processes.title')}</h2>
        {unknown && <p className={classes['dimmed']}>{t('processes.unknown')}</p>}
      </header>
      <DataTable label={t('processes.title')} rows={processes} rowKey={rowKey} rowLabel={rowKey} columns={columns} />
    </section>
  );
}

const rowKey = ({ name }: ProcessSample) => name;
