import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** The rules of this vault; everybody may know them. */
export const policiesQuery = () =>
  queryOptions({ queryKey: ['policies'], queryFn: ({ signal }) => client.policies.get(undefined, { signal }), staleTime: 30_000 });
