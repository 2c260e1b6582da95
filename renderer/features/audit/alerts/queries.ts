import { queryOptions } from '@tanstack/react-query';
import { openAlertsQuery } from '../../../lib/alerts.ts';
import { client } from '../../../lib/client.ts';
import { queryClient } from '../../../lib/query.ts';

const refreshMs = 10_000;
const most = 500;

/** Every query about alerts; the keys begin with `alerts`. */
export const alertQueries = {
  /** Newest first; those nobody has looked into, or all. */
  list: (openOnly: boolean) =>
    queryOptions({
      queryKey: ['alerts', 'list', openOnly],
      queryFn: async ({ signal }) => {
        const found = await client.alerts.list({ limit: most, ...(openOnly ? { state: 'open' as const } : {}) }, { signal });
        // What the rail says comes from the same answer.
        queryClient.setQueryData(openAlertsQuery().queryKey, found.open);
        return found;
      },
      refetchInterval: refreshMs,
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: ['alerts', 'one', id],
      queryFn: ({ signal }) => client.alerts.get({ id }, { signal }),
      refetchInterval: refreshMs,
    }),
  rules: () => queryOptions({ queryKey: ['alerts', 'rules'], queryFn: ({ signal }) => client.alerts.rules(undefined, { signal }) }),
};
