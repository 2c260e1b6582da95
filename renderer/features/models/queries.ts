import { queryOptions } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';

/** The registry; other features may use it for their model pickers. */
export const modelsQuery = queryOptions({ queryKey: ['models'], queryFn: ({ signal }) => client.models.list(undefined, { signal }) });
