import { Button, CloseButton, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../electron/core/contract/index.ts';
import { formatNumber } from '../../lib/format.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EntryDrawer } from './entry-drawer.tsx';
import { auditListQuery } from './queries.ts';
import { useAuditColumns } from './use-audit-columns.tsx';
import { Verification } from './verification.tsx';

const outcomes = ['done', 'failed', 'denied'] as const;
const searchDelayMs = 250;

/** What everybody did, newest first, and whether the record of it is whole. */
export function AuditView() {
  const { t } = useTranslation(['audit', 'common']);
  const [search, setSearch] = useState('');
  const [actor, setActor] = useState('');
  const [outcome, setOutcome] = useState<AuditEntry['outcome'] | null>(null);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const [filter] = useDebouncedValue({ search: search.trim(), actor: actor.trim(), outcome }, searchDelayMs);
  const list = useInfiniteQuery(auditListQuery(filter));
  const columns = useAuditColumns();
  const entries = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;

  return (
    <>
      <PageHeader title={t('title')} description={list.isSuccess ? t('count', { count: total, shown: formatNumber(total) }) : ' '}>
        <TextInput
          w={200}
          value={search}
          placeholder={t('search')}
          aria-label={t('search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <TextInput
          w={130}
          value={actor}
          placeholder={t('actor')}
          aria-label={t('actor')}
          onChange={(event) => setActor(event.currentTarget.value)}
        />
        <Select
          w={130}
          clearable
          placeholder={t('anyOutcome')}
          aria-label={t('column.outcome')}
          value={outcome}
          onChange={(value) => setOutcome(outcomes.find((one) => one === value) ?? null)}
          data={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        />
      </PageHeader>
      <Verification />
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && entries.length === 0 && (
        <EmptyState icon={IconShieldCheck} title={t('none.title')}>
          {t('none.text')}
        </EmptyState>
      )}
      {entries.length > 0 && (
        <DataTable
          label={t('title')}
          rows={entries}
          rowKey={keyOf}
          rowLabel={keyOf}
          columns={columns}
          onOpen={setOpen}
          current={open === null ? undefined : keyOf(open)}
        />
      )}
      {list.hasNextPage && (
        <Group justify="center" p={8} style={{ borderTop: '1px solid var(--rd-line)' }}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('older', { shown: formatNumber(entries.length), total: formatNumber(total) })}
          </Button>
        </Group>
      )}
      <EntryDrawer entry={open} onClose={() => setOpen(null)} />
    </>
  );
}

const keyOf = ({ sequence }: AuditEntry): string => String(sequence);
