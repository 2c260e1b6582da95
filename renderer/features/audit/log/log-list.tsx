import { Button, Text } from '@mantine/core';
import { IconArrowUp, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { navigate, rewrite } from '../../../lib/route.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { auditQueries } from '../queries.ts';
import classes from './log.module.css';
import { EntryDrawer } from './entry-drawer.tsx';
import { EntryTable } from './entry-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type LogFilter, filterOf, noFilter, queryOf } from './log-filter.ts';

type Props = { readonly open: number | null; readonly query: Readonly<Record<string, string>> };

/** What everybody did, newest first. Follows what is done while its beginning is in sight, and stands still otherwise. */
export function LogList({ open, query }: Props) {
  const { t } = useTranslation(['audit', 'common']);
  const queryClient = useQueryClient();
  const filter = useMemo(() => filterOf(query), [query]);
  const [atTop, setAtTop] = useState(true);
  const list = useInfiniteQuery(auditQueries.list(filter, atTop && open === null));
  const size = useQuery(auditQueries.state()).data?.size ?? 0;
  const entries = useMemo(() => list.data?.pages.flatMap((page) => page.entries) ?? [], [list.data]);
  const { total = 0, more = false, unsearched = 0 } = list.data?.pages[0] ?? {};
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const nearEnd = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, fetchNextPage]);
  const openEntry = useCallback(({ sequence }: AuditEntry) => navigate('audit', ['log', sequence], query), [query]);
  const close = useCallback(() => rewrite('audit', ['log'], query), [query]);
  const change = (next: LogFilter): void => rewrite('audit', ['log'], queryOf(next));
  const empty = list.isSuccess && entries.length === 0;
  const unfiltered = Object.keys(queryOf(filter)).length === 0;
  // Only without a filter is it known that what came since would be shown.
  const newest = entries[0]?.sequence ?? size;
  const news = unfiltered && !atTop && size > newest + 1;
  const showNews = (): void => void queryClient.resetQueries({ queryKey: auditQueries.list(filter, true).queryKey });

  return (
    <>
      <FilterBar filter={filter} onChange={change} count={list.isSuccess ? { total, more } : null} />
      {unsearched > 0 && (
        <Text className={classes['unsearched'] ?? ''} role="status">
          {t('unsearched', { count: unsearched, shown: formatNumber(unsearched) })}
        </Text>
      )}
      {list.isPending && <Loading />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {empty && (
        <EmptyState
          icon={IconShieldCheck}
          title={t('none.title')}
          actions={
            !unfiltered && (
              <Button variant="default" onClick={() => change(noFilter)}>
                {t('filter.clear')}
              </Button>
            )
          }
        >
          {t('none.text')}
        </EmptyState>
      )}
      {entries.length > 0 && !list.isError && (
        <div className={classes['list']} data-stale={list.isPlaceholderData || undefined}>
          <EntryTable
            key={JSON.stringify(filter)}
            label={t('title')}
            entries={entries}
            more={hasNextPage}
            onOpen={openEntry}
            onNearEnd={nearEnd}
            onTop={setAtTop}
            current={open}
          />
          {news && (
            <Button className={classes['news'] ?? ''} leftSection={<IconArrowUp size={15} aria-hidden />} onClick={showNews}>
              {t('news', { count: size - newest - 1 })}
            </Button>
          )}
        </div>
      )}
      <EntryDrawer sequence={open} known={entries} onClose={close} />
    </>
  );
}
