import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';

export const peopleQuery = () =>
  queryOptions({ queryKey: ['identity', 'people'], queryFn: ({ signal }) => client.identity.listPeople(undefined, { signal }) });
