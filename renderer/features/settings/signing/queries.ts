import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';

/** Who signs reports now, and how. */
export const signingQuery = () =>
  queryOptions({ queryKey: ['signing', 'state'], queryFn: ({ signal }) => client.signing.state(undefined, { signal }) });
