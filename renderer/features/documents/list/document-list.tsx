import { CloseButton, Group, Pagination, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileText, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { inCase, useCases, useChosenCase, useWriting } from '../../../lib/cases.ts';
import { client } from '../../../lib/client.ts';
import { useCommands } from '../../../lib/commands.ts';
import { formatNumber } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { navigate } from '../../../lib/route.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ChosenCase } from '../../cases/case-mark.tsx';
import { documentQueries, pageSize } from '../queries.ts';
import { ImportButton, chooseFiles } from './import-button.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { UploadList } from './upload-list.tsx';
import { useColumns } from './use-columns.tsx';

const searchDelayMs = 200;

/** The documents of the chosen case, or of all, with their live status; the first thing a person sees. */
export function DocumentList() {
  const { t } = useTranslation(['documents', 'common']);
  const queryClient = useQueryClient();
  const caseId = useChosenCase()?.id ?? null;
  const severalCases = useCases().length > 1;
  const { allowed: mayWrite, blocked } = useWriting('documents.write', caseId);
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), searchDelayMs);
  const [page, setPage] = useState(1);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const list = useQuery(documentQueries.list(caseId, wanted, page));
  const columns = useColumns(caseId === null && severalCases);
  const samples = useMutation({
    mutationFn: () => client.documents.importSamples(inCase(caseId)),
    onSuccess: async (samples) => {
      notifyDone(t('samplesThere', { count: samples.length }));
      await queryClient.invalidateQueries({ queryKey: ['documents', 'list'] });
    },
  });
  const { mutate: addSamples } = samples;
  useCommands(
    t('title'),
    useMemo(
      () =>
        mayWrite && blocked === null
          ? [
              { id: 'documents:import', title: t('import'), perform: () => void chooseFiles() },
              { id: 'documents:samples', title: t('addSamples'), perform: () => addSamples() },
            ]
          : [],
      [mayWrite, blocked, t, addSamples],
    ),
  );

  const samplesButton = (header: boolean) =>
    mayWrite && (
      <GuardedButton
        {...(header ? { visibleFrom: 'md' } : {})}
        blocked={blocked}
        variant="default"
        loading={samples.isPending}
        onClick={() => addSamples()}
      >
        {t('addSamples')}
      </GuardedButton>
    );
  const documents = list.data?.documents ?? [];
  const total = list.data?.total ?? 0;
  const chosen = documents.filter(({ id }) => selected.has(id));
  const empty = list.isSuccess && documents.length === 0;

  return (
    <>
      <PageHeader
        title={t('title')}
        description={<ChosenCase>{list.isSuccess ? t('count', { count: total, shown: formatNumber(total) }) : ' '}</ChosenCase>}
      >
        <TextInput
          style={{ flex: '0 1 220px', minWidth: 90 }}
          value={search}
          placeholder={t('searchPlaceholder')}
          aria-label={t('searchPlaceholder')}
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setPage(1);
          }}
        />
        {samplesButton(true)}
        {mayWrite && <ImportButton blocked={blocked} />}
      </PageHeader>
      <UploadList />
      {chosen.length > 0 && <SelectionBar documents={chosen} onClear={() => setSelected(new Set())} />}
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {empty && wanted === '' && (
        <EmptyState
          icon={IconFileText}
          title={t('empty.title')}
          actions={
            mayWrite && (
              <>
                <ImportButton blocked={blocked} />
                {samplesButton(false)}
              </>
            )
          }
        >
          {blocked ?? t(mayWrite ? 'empty.text' : 'empty.readOnly')}
        </EmptyState>
      )}
      {empty && wanted !== '' && (
        <EmptyState icon={IconSearchOff} title={t('noMatch.title')}>
          {t('noMatch.text')}
        </EmptyState>
      )}
      {documents.length > 0 && (
        <DataTable
          label={t('title')}
          rows={documents}
          rowKey={idOf}
          rowLabel={nameOf}
          columns={columns}
          onOpen={(document) => navigate('documents', [document.id])}
          {...(mayWrite ? { selection: { keys: selected, onChange: setSelected } } : {})}
        />
      )}
      {total > pageSize && (
        <Group justify="space-between" px="md" py={8} style={{ borderTop: '1px solid var(--rd-line)' }}>
          <Text fz="xs" c="dimmed">
            {t('range', {
              from: formatNumber((page - 1) * pageSize + 1),
              to: formatNumber(Math.min(page * pageSize, total)),
              total: formatNumber(total),
            })}
          </Text>
          <Pagination
            size="sm"
            total={Math.ceil(total / pageSize)}
            value={page}
            onChange={setPage}
            getItemProps={(number) => ({ 'aria-label': t('pageNumber', { number }) })}
          />
        </Group>
      )}
    </>
  );
}

const idOf = (document: { readonly id: string }): string => document.id;
const nameOf = (document: { readonly name: string }): string => document.name;
