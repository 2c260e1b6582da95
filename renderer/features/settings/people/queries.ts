import { queryOptions } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';

const lookAgainMs = 5_000;

export const peopleQuery = () =>
  queryOptions({
    queryKey: ['identity', 'people'],
    queryFn: ({ signal }) => client.identity.listPeople(undefined, { signal }),
    // Sign-ins and lock-outs happen elsewhere.
    refetchInterval: lookAgainMs,
  });
