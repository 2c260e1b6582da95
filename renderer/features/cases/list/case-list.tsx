import { Button, CloseButton, SegmentedControl, TextInput } from '@mantine/core';
import { IconBriefcase, IconPlus, IconSearch, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { caseQueries } from '../../../lib/cases.ts';
import { useCommands } from '../../../lib/commands.ts';
import { formatNumber } from '../../../lib/format.ts';
import { navigate } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';

import { Loading } from '../../../ui/loading.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { useCaseTitle } from '../case-mark.tsx';
import { CreateCase } from './create-case.tsx';
import { useCaseColumns } from './use-case-columns.tsx';

/** One's own cases; who administers cases sees everybody's, without their content. */
export function CaseList() {
  const { t } = useTranslation(['cases', 'common']);
  const works = usePermission('cases.use');
  const administers = usePermission('cases.administer');
  const mayCreate = usePermission('cases.create');
  const [wide, setWide] = useState(!works);
  const [search, setSearch] = useState('');
  const [creating, setCreating] = useState(false);
  const title = useCaseTitle();
  const all = administers && (wide || !works);
  const cases = useQuery(all ? { ...caseQueries.all(), placeholderData: keepPreviousData } : caseQueries.own());
  const columns = useCaseColumns(all);
  useCommands(
    t('title'),
    useMemo(() => (mayCreate ? [{ id: 'cases:create', title: t('create.title'), perform: () => setCreating(true) }] : []), [mayCreate, t]),
  );

  const rows = cases.data ?? [];
  const words = search.trim().toLowerCase();
  const shown = words === '' ? rows : rows.filter((one) => `${title(one)}\n${one.purpose}`.toLowerCase().includes(words));
  const lead =
    all && !works ? t('list.outside') : cases.isSuccess ? t('list.count', { count: rows.length, shown: formatNumber(rows.length) }) : ' ';
  return (
    <>
      <PageHeader title={t('title')} description={lead}>
        <TextInput
          style={{ flex: '0 1 200px', minWidth: 90 }}
          value={search}
          placeholder={t('list.search')}
          aria-label={t('list.search')}
          leftSection={<IconSearch size={15} aria-hidden />}
          rightSection={search !== '' && <CloseButton size="sm" aria-label={t('common:clear')} onClick={() => setSearch('')} />}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {works && administers && (
          <SegmentedControl
            size="xs"
            aria-label={t('list.whose')}
            value={all ? 'all' : 'own'}
            onChange={(value) => setWide(value === 'all')}
            data={[
              { value: 'own', label: t('list.own') },
              { value: 'all', label: t('list.everybody') },
            ]}
          />
        )}
        {mayCreate && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
            {t('create.title')}
          </Button>
        )}
      </PageHeader>
      {cases.isPending && <Loading />}
      {cases.isError && <ErrorState error={cases.error} onRetry={() => void cases.refetch()} />}
      {cases.isSuccess && rows.length === 0 && (
        <EmptyState icon={IconBriefcase} title={t('list.empty')}>
          {t('list.emptyHelp')}
        </EmptyState>
      )}
      {rows.length > 0 && shown.length === 0 && (
        <EmptyState icon={IconSearchOff} title={t('list.noMatch')}>
          {t('list.noMatchHelp', { search })}
        </EmptyState>
      )}
      {shown.length > 0 && (
        <DataTable
          label={t('title')}
          rows={shown}
          rowKey={idOf}
          rowLabel={title}
          columns={columns}
          onOpen={(one) => navigate('cases', [one.id])}
        />
      )}
      <CreateCase opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

const idOf = (one: { readonly id: string }): string => one.id;
