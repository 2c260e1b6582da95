import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

const refreshMs = 60_000;

/** How many alerts nobody has looked into; for who may read the audit. Deciding one asks anew (the key begins with `alerts`). */
export const openAlertsQuery = () =>
  queryOptions({
    queryKey: ['alerts', 'open'],
    queryFn: async ({ signal }) => (await client.alerts.list({ state: 'open', limit: 1 }, { signal })).open,
    refetchInterval: refreshMs,
  });
