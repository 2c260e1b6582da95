import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { AuditEntry } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';

export type AuditFilter = { readonly search: string; readonly actor: string; readonly outcome: AuditEntry['outcome'] | null };

const entriesPerPage = 200;
const refreshMs = 5_000;

/** Entries, newest first; the first page follows what is being done. */
export const auditListQuery = ({ search, actor, outcome }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', search, actor, outcome],
    queryFn: ({ pageParam, signal }) =>
      client.audit.list(
        {
          search,
          limit: entriesPerPage,
          ...(actor === '' ? {} : { actor }),
          ...(outcome === null ? {} : { outcome }),
          ...(pageParam === null ? {} : { before: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: ({ entries }) => (entries.length < entriesPerPage ? null : (entries.at(-1)?.sequence ?? null)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : refreshMs),
  });

/** The whole tree is hashed again; asked for when the view opens and by the button. */
export const auditVerifyQuery = queryOptions({
  queryKey: ['audit', 'verify'],
  queryFn: ({ signal }) => client.audit.verify(undefined, { signal }),
  staleTime: 60_000,
});
