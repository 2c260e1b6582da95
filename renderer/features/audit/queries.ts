import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { type LogFilter, inputOf } from './log/log-filter.ts';

const entriesPerPage = 200;
const refreshMs = 5_000;
const whileCheckingMs = 700;

/** Every query about the audit log; the keys begin with `audit`. */
export const auditQueries = {
  /** Where the log stands; asked again all the time, so that what is wrong shows by itself. */
  state: () =>
    queryOptions({
      queryKey: ['audit', 'state'],
      queryFn: ({ signal }) => client.audit.state(undefined, { signal }),
      refetchInterval: ({ state }) => (state.data?.verification.running === true ? whileCheckingMs : refreshMs),
    }),
  /** Entries, newest first. `follows`: the first page is asked for again, to show what is being done. */
  list: (filter: LogFilter, follows: boolean) =>
    infiniteQueryOptions({
      queryKey: ['audit', 'list', filter],
      queryFn: ({ pageParam, signal }) =>
        client.audit.list(
          { ...inputOf(filter, Date.now()), limit: entriesPerPage, ...(pageParam === null ? {} : { before: pageParam }) },
          { signal },
        ),
      initialPageParam: null as number | null,
      getNextPageParam: ({ entries }) => (entries.length < entriesPerPage ? null : (entries.at(-1)?.sequence ?? null)),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (!follows || (state.data && state.data.pages.length > 1) ? false : refreshMs),
    }),
  /** One entry; null where its retention is over, or there is none of that number. */
  entry: (sequence: number) =>
    queryOptions({
      queryKey: ['audit', 'entry', sequence],
      queryFn: async ({ signal }) => {
        const { entries } = await client.audit.list({ before: sequence + 1, limit: 1 }, { signal });
        return entries.find((one) => one.sequence === sequence) ?? null;
      },
      staleTime: Infinity,
    }),
  /** Everything that names an id, oldest first. */
  life: (id: string) =>
    infiniteQueryOptions({
      queryKey: ['audit', 'life', id],
      queryFn: ({ pageParam, signal }) =>
        client.audit.life({ id, limit: entriesPerPage, ...(pageParam === null ? {} : { after: pageParam }) }, { signal }),
      initialPageParam: null as number | null,
      getNextPageParam: ({ entries, more }) => (more ? (entries.at(-1)?.sequence ?? null) : null),
      staleTime: 0,
      refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : refreshMs),
    }),
  witnesses: () =>
    queryOptions({
      queryKey: ['audit', 'witnesses'],
      queryFn: ({ signal }) => client.witness.list(undefined, { signal }),
      // A medium is put in or taken out without telling anybody.
      refetchInterval: refreshMs,
    }),
  siem: () =>
    queryOptions({
      queryKey: ['audit', 'export'],
      queryFn: ({ signal }) => client.audit.siem(undefined, { signal }),
      refetchInterval: refreshMs,
    }),
};
