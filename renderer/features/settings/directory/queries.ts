import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';

export const directoryQuery = () =>
  queryOptions({ queryKey: ['identity', 'directory'], queryFn: ({ signal }) => client.identity.directory(undefined, { signal }) });
