import { Button, Group, Pagination, Select, Text } from '@mantine/core';
import { IconFilterOff, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { runState, type RunState } from './run-states.ts';
import { inCase, useCases, useChosenCase } from '../../../lib/cases.ts';
import { client } from '../../../lib/client.ts';
import { formatNumber } from '../../../lib/format.ts';
import { navigate, useRoute } from '../../../lib/route.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ChosenCase } from '../../cases/case-mark.tsx';
import { runQueries, runsPerPage } from '../run-queries.ts';
import { useRunsWatch } from '../use-runs-watch.ts';
import { useRunColumns } from './use-run-columns.tsx';

/** Every run, newest first, kept current; filtered by flow and state. */
export function RunHistory() {
  const { t } = useTranslation('runs');
  const { query } = useRoute();
  const [page, setPage] = useState(1);
  const caseId = useChosenCase()?.id ?? null;
  const severalCases = useCases().length > 1;
  const flowId = query['flow'] ?? null;
  const state = runState(query['state']);
  const runs = useQuery(runQueries.list(caseId, flowId, page));
  const flows = useQuery({
    queryKey: ['flows', 'list', caseId],
    queryFn: ({ signal }) => client.flows.list(inCase(caseId), { signal }),
  });
  const columns = useRunColumns(caseId === null && severalCases);
  useRunsWatch();

  const filter = (next: { flow?: string | null; state?: RunState | null }): void => {
    const wanted = { flow: flowId, state, ...next };
    setPage(1);
    navigate(
      'runs',
      [],
      Object.fromEntries(Object.entries(wanted).filter((entry): entry is [string, RunState] => typeof entry[1] === 'string')),
    );
  };
  const all = runs.data?.runs ?? [];
  const shown = state === null ? all : all.filter((run) => run.state === state);
  const total = runs.data?.total ?? 0;
  const filtered = flowId !== null || state !== null;

  return (
    <>
      <PageHeader
        title={t('title')}
        description={<ChosenCase>{runs.isSuccess ? t('count', { count: total, shown: formatNumber(total) }) : ' '}</ChosenCase>}
      >
        <Select
          aria-label={t('filter.flow')}
          placeholder={t('filter.allFlows')}
          data={(flows.data ?? []).map((flow) => ({ value: flow.id, label: flow.name }))}
          value={flowId}
          onChange={(next) => filter({ flow: next })}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': t('filter.clear') }}
          w={190}
        />
        <Select
          aria-label={t('filter.state')}
          placeholder={t('filter.allStates')}
          data={(['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const).map((value) => ({
            value,
            label: t(`states.${value}`),
          }))}
          value={state}
          onChange={(next) => filter({ state: next })}
          clearable
          clearButtonProps={{ 'aria-label': t('filter.clear') }}
          w={140}
        />
      </PageHeader>
      {runs.isPending && <Loading />}
      {runs.isError && <ErrorState error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.isSuccess && shown.length === 0 && !filtered && (
        <EmptyState
          icon={IconHistory}
          title={t('empty.title')}
          actions={<Button onClick={() => navigate('flows')}>{t('empty.action')}</Button>}
        >
          {t('empty.text')}
        </EmptyState>
      )}
      {runs.isSuccess && shown.length === 0 && filtered && (
        <EmptyState
          icon={IconFilterOff}
          title={t('noMatch.title')}
          actions={
            <Button variant="default" onClick={() => filter({ flow: null, state: null })}>
              {t('filter.clear')}
            </Button>
          }
        >
          {t('noMatch.text')}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <DataTable
          label={t('title')}
          rows={shown}
          rowKey={idOf}
          rowLabel={nameOf}
          columns={columns}
          onOpen={(run) => navigate('runs', [run.id])}
        />
      )}
      {total > runsPerPage && (
        <Group justify="space-between" px="md" py={8} style={{ borderTop: '1px solid var(--rd-line)' }}>
          <Text fz="xs" c="dimmed">
            {state === null ? '' : t('filter.onThisPage')}
          </Text>
          <Pagination
            size="sm"
            total={Math.ceil(total / runsPerPage)}
            value={page}
            onChange={setPage}
            getItemProps={(number) => ({ 'aria-label': t('pageNumber', { number }) })}
          />
        </Group>
      )}
    </>
  );
}

const idOf = (run: { readonly id: string }): string => run.id;
const nameOf = (run: { readonly flowName: string }): string => run.flowName;
