import { CloseButton, TextInput } from '@mantine/core';
import { IconFileImport, IconPlus, IconRoute, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inCase, useCases, useChosenCase, useWriting } from '../../../lib/cases.ts';
import { client } from '../../../lib/client.ts';
import { useCommands } from '../../../lib/commands.ts';
import { formatNumber } from '../../../lib/format.ts';
import { navigate } from '../../../lib/route.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ChosenCase } from '../../cases/case-mark.tsx';
import { CreateFlow } from './create-flow.tsx';
import { useFlowActions } from './use-flow-actions.tsx';
import { useFlowColumns } from './use-flow-columns.tsx';

/** The flows of the chosen case, or of all: open, create, import, export, remove. */
export function FlowList() {
  const { t } = useTranslation(['flows', 'common']);
  const caseId = useChosenCase()?.id ?? null;
  const severalCases = useCases().length > 1;
  const { allowed: mayWrite, blocked } = useWriting('flows.write', caseId);
  const [search, setSearch] = useState('');
  const [creating, setCreating] = useState(false);
  const flows = useQuery({
    queryKey: ['flows', 'list', caseId],
    queryFn: ({ signal }) => client.flows.list(inCase(caseId), { signal }),
    placeholderData: keepPreviousData,
  });
  const actions = useFlowActions();
  const columns = useFlowColumns(actions, caseId === null && severalCases);
  const { chooseYaml } = actions;
  useCommands(
    t('title'),
    useMemo(
      () =>
        mayWrite && blocked === null
          ? [
              { id: 'flows:create', title: t('list.create'), perform: () => setCreating(true) },
              { id: 'flows:import', title: t('list.import'), perform: chooseYaml },
            ]
          : [],
      [mayWrite, blocked, t, chooseYaml],
    ),
  );

  const all = flows.data ?? [];
  const words = search.toLowerCase().trim();
  const shown = words === '' ? all : all.filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(words));
  const buttons = mayWrite && (
    <>
      <GuardedButton
        blocked={blocked}
        variant="default"
        leftSection={<IconFileImport size={16} aria-hidden />}
        loading={actions.importing}
        onClick={chooseYaml}
      >
        {t('list.import')}
      </GuardedButton>
      <GuardedButton blocked={blocked} leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
        {t('list.create')}
      </GuardedButton>
    </>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        description={
          <ChosenCase>{flows.isSuccess ? t('list.count', { count: all.length, shown: formatNumber(all.length) }) : ' '}</ChosenCase>
        }
      >
        {all.length > 0 && (
          <TextInput
            w={200}
            value={search}
            placeholder={t('list.search')}
            aria-label={t('list.search')}
            leftSection={<IconSearch size={15} aria-hidden />}
            rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        {buttons}
      </PageHeader>
      {flows.isPending && <Loading />}
      {flows.isError && <ErrorState error={flows.error} onRetry={() => void flows.refetch()} />}
      {flows.isSuccess && all.length === 0 && (
        <EmptyState icon={IconRoute} title={t('list.empty')} actions={buttons}>
          {blocked ?? t(mayWrite ? 'list.emptyHelp' : 'list.emptyReadOnly')}
        </EmptyState>
      )}
      {all.length > 0 && shown.length === 0 && (
        <EmptyState icon={IconSearchOff} title={t('list.noMatch')}>
          {t('list.noMatchHelp', { search })}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <DataTable
          label={t('title')}
          rows={shown}
          rowKey={idOf}
          rowLabel={nameOf}
          columns={columns}
          onOpen={(flow) => navigate('flows', [flow.id])}
        />
      )}
      <CreateFlow opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

const idOf = (flow: { readonly id: string }): string => flow.id;
const nameOf = (flow: { readonly name: string }): string => flow.name;
