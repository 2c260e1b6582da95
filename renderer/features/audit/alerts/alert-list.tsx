import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconBellCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Alert } from '../../../../electron/core/contract/index.ts';
import { formatHash, navigate } from '../../../lib/route.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { AlertDrawer } from './alert-drawer.tsx';
import { AlertState } from './alert-state.tsx';
import classes from './alerts.module.css';
import { explain } from './explain.ts';
import { alertQueries } from './queries.ts';

/** What the log shows that somebody should look into, newest first. */
export function AlertList({ open }: { readonly open: string | null }) {
  const { t } = useTranslation('alerts');
  const [shown, setShown] = useState<'open' | 'all'>('open');
  const list = useQuery(alertQueries.list(shown === 'open'));
  const columns = useAlertColumns();
  const alerts = list.data?.alerts ?? [];
  return (
    <>
      <div className={classes['bar']}>
        <SegmentedControl
          aria-label={t('show.label')}
          value={shown}
          onChange={(value) => setShown(value === 'all' ? 'all' : 'open')}
          data={[
            { value: 'open', label: t('show.open') },
            { value: 'all', label: t('show.all') },
          ]}
        />
        <Text c="dimmed" fz="xs" flex={1} miw={0}>
          {t('lead')}
        </Text>
        <Button
          component="a"
          href={formatHash('audit', ['alerts', 'rules'])}
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        >
          {t('rules.title')}
        </Button>
      </div>
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && alerts.length === 0 && (
        <EmptyState icon={IconBellCheck} title={t(`none.${shown}`)}>
          {t('none.text')}
        </EmptyState>
      )}
      {alerts.length > 0 && (
        <DataTable
          label={t('title')}
          rows={alerts}
          rowKey={keyOf}
          rowLabel={keyOf}
          columns={columns}
          current={open ?? undefined}
          onOpen={({ id }) => navigate('audit', ['alerts', id])}
        />
      )}
      <AlertDrawer id={open} />
    </>
  );
}

const keyOf = ({ id }: Alert): string => id;

function useAlertColumns(): readonly Column<Alert>[] {
  const { t } = useTranslation('alerts');
  return useMemo(
    () => [
      { key: 'at', header: t('column.at'), width: '140px', render: ({ lastAt }) => <Time at={lastAt} /> },
      {
        key: 'what',
        header: t('column.what'),
        render: ({ facts, severity }) => (
          <div className={classes['what']}>
            <Group gap={8} wrap="nowrap">
              <Text fw={550} truncate>
                {t(`rule.${facts.rule}.name`)}
              </Text>
              {severity === 'warning' && <StatusBadge tone="warning">{t('severity.warning')}</StatusBadge>}
            </Group>
            <Text fz="xs" c="dimmed" className={classes['why']}>
              {explain(facts, t)}
            </Text>
          </div>
        ),
      },
      { key: 'who', header: t('column.who'), width: '150px', render: ({ person }) => person?.userName ?? t('nobody') },
      { key: 'state', header: t('column.state'), width: '130px', render: (alert) => <AlertState alert={alert} /> },
    ],
    [t],
  );
}
