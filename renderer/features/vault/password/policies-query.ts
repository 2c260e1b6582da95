import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';

/** The rules of this vault, which everybody may know. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => client.policies.get(undefined, { signal }),
});
