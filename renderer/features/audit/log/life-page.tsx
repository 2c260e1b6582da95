import { Button } from '@mantine/core';
import { IconExternalLink, IconTimelineEventX } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { useCase } from '../../../lib/cases.ts';
import { formatNumber } from '../../../lib/format.ts';
import { navigate, rewrite } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Time } from '../../../ui/time.tsx';
import { documentQueries } from '../../documents/queries.ts';
import { actionName, areaName } from '../action-name.ts';
import { auditQueries } from '../queries.ts';
import { useNames } from '../use-names.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { EntryTable } from './entry-table.tsx';
import classes from './log.module.css';
import { SubPage } from './sub-page.tsx';
import { useSubjectAddress } from './use-subject-address.ts';

type Props = { readonly id: string; /** Sequence of the entry in the drawer. */ readonly open: number | null };

/** All that happened to one thing, or names it, from the first entry to the newest. */
export function LifePage({ id, open }: Props) {
  const { t } = useTranslation('audit');
  const life = useInfiniteQuery(auditQueries.life(id));
  const entries = useMemo(() => life.data?.pages.flatMap((page) => page.entries) ?? [], [life.data]);
  const { hasNextPage, isFetching, fetchNextPage } = life;
  const nearEnd = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, fetchNextPage]);
  const about = entries.find(({ subject }) => subject === id) ?? null;
  const removed = entries.find((entry) => removes(entry, id));
  const name = useNameOf(id, removed ? null : about);
  const place = useSubjectAddress(about ?? { area: '', action: '', subject: '' });
  const openEntry = useCallback(({ sequence }: AuditEntry) => navigate('audit', ['log', 'life', id], { entry: String(sequence) }), [id]);
  const [first, last] = [entries[0], entries.at(-1)];
  return (
    <SubPage
      title={t('life.title', { name: name ?? id })}
      description={about === null ? undefined : `${areaName(about.area)} · ${id}`}
      actions={
        place !== null &&
        !removed && (
          <Button component="a" variant="default" href={place} leftSection={<IconExternalLink size={15} aria-hidden />}>
            {t('links.open')}
          </Button>
        )
      }
    >
      {life.isPending && <Loading />}
      {life.isError && <ErrorState error={life.error} onRetry={() => void life.refetch()} />}
      {life.isSuccess && entries.length === 0 && (
        <EmptyState icon={IconTimelineEventX} title={t('life.none')}>
          {t('life.noneText')}
        </EmptyState>
      )}
      {first && last && (
        <>
          <div className={classes['lifeFacts']}>
            <Facts>
              <Fact name={t('life.begins')}>
                {actionName(first.action)} · <Time at={first.at} />
              </Fact>
              <Fact name={t(removed ? 'life.ended' : hasNextPage ? 'life.shown' : 'life.newest')}>
                {actionName((removed ?? last).action)} · <Time at={(removed ?? last).at} />
              </Fact>
              <Fact name={t('life.entries')}>
                {formatNumber(entries.length)}
                {hasNextPage && '+'}
              </Fact>
              <Fact name={t('life.people')}>{[...new Set(entries.map(({ actor }) => actor))].slice(0, 6).join(', ')}</Fact>
            </Facts>
          </div>
          <EntryTable
            label={t('life.title', { name: name ?? id })}
            entries={entries}
            more={hasNextPage}
            onOpen={openEntry}
            onNearEnd={nearEnd}
            current={open}
          />
        </>
      )}
      <EntryDrawer sequence={open} known={entries} onClose={() => rewrite('audit', ['log', 'life', id])} />
    </SubPage>
  );
}

/** Is it the end of the thing? Of several documents at once, the entry names each. */
function removes({ action, subject, outcome }: AuditEntry, id: string): boolean {
  return outcome === 'done' && (action === 'documents.remove' || (action.endsWith('.remove') && subject === id));
}

/** What the thing is called, where it still is and this person may know. */
function useNameOf(id: string, about: AuditEntry | null): string | null {
  const names = useNames();
  const mayDocuments = usePermission('documents.read');
  // Where it is certain that it will not be refused: that would leave an entry in the log.
  const within = useCase(about?.caseId) !== undefined;
  const asks = mayDocuments && within && about?.area === 'documents';
  const document = useQuery({ ...documentQueries.get(id), enabled: asks, retry: false }).data;
  return names.of(id) ?? document?.name ?? null;
}
