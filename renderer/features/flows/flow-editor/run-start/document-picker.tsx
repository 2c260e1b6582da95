import { Alert, Button, CloseButton, Group, Pagination, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconFileText, IconPlayerPlay, IconSearch, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../../electron/core/contract/documents.ts';
import { inCase, useCases, useChosenCase } from '../../../../lib/cases.ts';
import { client } from '../../../../lib/client.ts';
import { useDropTarget } from '../../../../lib/drop-target.ts';
import { formatNumber } from '../../../../lib/format.ts';
import { usePermission } from '../../../../lib/session.ts';
import { fileSourceOf } from '../../../../lib/upload.ts';
import { type Column, DataTable } from '../../../../ui/data-table.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { Loading } from '../../../../ui/loading.tsx';
import { useCaseTitle } from '../../../cases/case-mark.tsx';
import { DocumentStatus } from '../../../documents/document-status.tsx';
import { documentQueries, pageSize } from '../../../documents/queries.ts';
import { useDocumentsWatch } from '../../../documents/use-documents-watch.ts';

type Props = {
  readonly initial: { readonly caseId: string; readonly documentIds: readonly string[] } | undefined;
  readonly flowCaseId: string;
  /** Errors that keep the flow from running. */
  readonly errors: number;
  readonly dirty: boolean;
  readonly starting: boolean;
  readonly onStart: (chosen: { caseId: string; documentIds: readonly string[] }) => void;
  readonly onCancel: () => void;
};

/** Chooses the documents of a run, all of one case: from the vault, or from files that are imported on the spot. */
export function DocumentPicker({ initial, flowCaseId, errors, dirty, starting, onStart, onCancel }: Props) {
  const { t } = useTranslation(['flows', 'documents', 'common']);
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const [page, setPage] = useState(1);
  const [picked, setPicked] = useState<string | null>(null);
  const { caseId, cases } = useCaseChoice(picked, initial?.caseId ?? null, flowCaseId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(caseId === initial?.caseId ? initial?.documentIds : []));
  const list = useQuery({
    ...documentQueries.list(caseId, wanted, page),
    placeholderData: (old, query) => (query?.queryKey[2] === caseId ? old : undefined),
  });
  const title = useCaseTitle();
  useDocumentsWatch();
  const columns = usePickerColumns();
  const add = useImport(caseId, (added) => setChosen((old) => new Set([...old, ...added])));
  const samples = useSamples(caseId, (added) => setChosen((old) => new Set([...old, ...added])));
  const documents = list.data?.documents ?? [];
  const total = list.data?.total ?? 0;
  return (
    <Stack gap="sm" h="min(600px, 74vh)">
      <Group gap="xs">
        {cases.length > 1 && (
          <Select
            w={210}
            aria-label={t('cases:case')}
            data={cases.map((one) => ({ value: one.id, label: title(one) }))}
            value={caseId}
            allowDeselect={false}
            searchable={cases.length > 8}
            onChange={(next) => {
              setPicked(next);
              setChosen(new Set());
              setPage(1);
            }}
          />
        )}
        <TextInput
          flex={1}
          value={search}
          placeholder={t('documents:searchPlaceholder')}
          aria-label={t('documents:searchPlaceholder')}
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setPage(1);
          }}
          data-autofocus
        />
        {documents.length > 0 && add.button}
      </Group>
      {list.isPending && <Loading lines={4} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && documents.length === 0 && (
        <EmptyState
          icon={IconFileText}
          title={t(wanted === '' ? 'picker.empty' : 'picker.noMatch')}
          actions={
            <>
              {wanted === '' && samples.button}
              {add.button}
            </>
          }
        >
          {t('picker.emptyHelp')}
        </EmptyState>
      )}
      {documents.length > 0 && (
        <DataTable
          label={t('picker.title')}
          rows={documents}
          rowKey={idOf}
          rowLabel={nameOf}
          columns={columns}
          selection={{ keys: chosen, onChange: setChosen }}
        />
      )}
      {total > pageSize && (
        <Pagination
          size="sm"
          total={Math.ceil(total / pageSize)}
          value={page}
          onChange={setPage}
          getItemProps={(number) => ({ 'aria-label': t('documents:pageNumber', { number }) })}
        />
      )}
      {errors > 0 && (
        <Alert color="red" p="xs" icon={<IconAlertTriangle size={16} aria-hidden />}>
          {t('picker.errors', { count: errors })}
        </Alert>
      )}
      <Group justify="space-between">
        <Text fz="sm" role="status">
          {t('picker.chosen', { count: chosen.size, shown: formatNumber(chosen.size) })}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
          <Button
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            disabled={chosen.size === 0 || errors > 0}
            loading={starting}
            onClick={() => caseId !== null && onStart({ caseId, documentIds: [...chosen] })}
          >
            {t(dirty ? 'picker.saveAndStart' : 'picker.start')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** The case whose documents are offered: picked, last time's, the one worked in or the flow's own, as far as the person may run flows there. */
function useCaseChoice(picked: string | null, last: string | null, flowCaseId: string) {
  const worked = useChosenCase()?.id;
  const cases = useCases().filter(({ access, state }) => access !== 'read' && state === 'open');
  const wanted = [picked, last, worked, flowCaseId].find((id) => cases.some((one) => one.id === id));
  return { cases, caseId: wanted ?? cases[0]?.id ?? null };
}

/** Importing by button or by dropping files on the window; what comes in is chosen at once. */
function useImport(caseId: string | null, onAdded: (ids: readonly string[]) => void) {
  const { t } = useTranslation('flows');
  const queryClient = useQueryClient();
  const mayWrite = usePermission('documents.write');
  const input = useRef<HTMLInputElement>(null);
  const add = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const sources = [];
      for (const file of files) sources.push({ name: file.name, source: await fileSourceOf(file) });
      return client.documents.import({ ...inCase(caseId), files: sources });
    },
    onSuccess: async (added) => {
      onAdded(added.map(idOf));
      await queryClient.invalidateQueries({ queryKey: ['documents', 'list'] });
    },
  });
  useDropTarget((files) => add.mutate(files), mayWrite);
  const button = mayWrite && (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('picker.import')}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) add.mutate(files);
        }}
      />
      <Button
        variant="default"
        leftSection={<IconUpload size={16} aria-hidden />}
        loading={add.isPending}
        onClick={() => input.current?.click()}
      >
        {t('picker.import')}
      </Button>
    </>
  );
  return { button };
}

/** For the first minutes: the documents that ship with Redoubt, chosen at once. */
function useSamples(caseId: string | null, onAdded: (ids: readonly string[]) => void) {
  const { t } = useTranslation('documents');
  const queryClient = useQueryClient();
  const mayWrite = usePermission('documents.write');
  const add = useMutation({
    mutationFn: () => client.documents.importSamples(inCase(caseId)),
    onSuccess: async (added) => {
      onAdded(added.map(idOf));
      await queryClient.invalidateQueries({ queryKey: ['documents', 'list'] });
    },
  });
  const button = mayWrite && (
    <Button loading={add.isPending} onClick={() => add.mutate()}>
      {t('addSamples')}
    </Button>
  );
  return { button };
}

function usePickerColumns(): readonly Column<DocumentSummary>[] {
  const { t } = useTranslation('documents');
  return useMemo(
    () => [
      { key: 'name', header: t('column.name'), render: ({ name }) => <span title={name}>{name}</span> },
      { key: 'status', header: t('column.status'), width: '36%', render: (document) => <DocumentStatus document={document} /> },
    ],
    [t],
  );
}

const idOf = (document: { readonly id: string }): string => document.id;
const nameOf = (document: { readonly name: string }): string => document.name;
