import { Group } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../lib/client.ts';
import { useCommands } from '../../lib/commands.ts';
import { usePermission } from '../../lib/session.ts';
import { useStream } from '../../lib/use-stream.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ImportList } from './import/import-list.tsx';
import { ImportModelButton, chooseModel } from './import/import-model-button.tsx';
import { ModelCard } from './list/model-card.tsx';
import classes from './models.module.css';
import { modelsQuery } from './queries.ts';

/** The models of this vault: what they are, whether they fit this machine, and which one answers by default. */
export function ModelsView() {
  const { t } = useTranslation('models');
  const queryClient = useQueryClient();
  const mayManage = usePermission('models.manage');
  const models = useQuery(modelsQuery);
  useStream(
    'models',
    (signal) => client.models.watch(undefined, { signal }),
    (event) => queryClient.setQueryData(modelsQuery.queryKey, event.models),
    () => void queryClient.invalidateQueries({ queryKey: modelsQuery.queryKey }),
  );
  useCommands(
    t('title'),
    useMemo(
      () => (mayManage ? [{ id: 'models:import', title: t('import.action'), perform: () => void chooseModel() }] : []),
      [mayManage, t],
    ),
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('lead')}>
        {mayManage && <ImportModelButton />}
      </PageHeader>
      <ImportList />
      {models.isPending && <Loading />}
      {models.isError && <ErrorState error={models.error} onRetry={() => void models.refetch()} />}
      {models.data?.length === 0 && (
        <EmptyState icon={IconCpu} title={t('empty.title')} actions={mayManage && <ImportModelButton />}>
          {t('empty.text')}
        </EmptyState>
      )}
      {models.data && models.data.length > 0 && (
        <Group component="ul" className={classes['list']} aria-label={t('title')}>
          {models.data.map((model) => (
            <ModelCard key={model.id} model={model} />
          ))}
        </Group>
      )}
    </>
  );
}
