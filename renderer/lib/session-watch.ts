import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { client } from './client.ts';
import { enterSession, useSession } from './session.ts';

/** Nothing tells the page that somebody gave this person another role, so it looks now and then, and after every denial. */
const lookAgainMs = 20_000;

/** Keeps the role and permissions that the page knows as they are in core. Once, in the shell. */
export function useSessionWatch(): void {
  const { person, permissions } = useSession();
  const { data } = useQuery({
    queryKey: ['identity', 'current'],
    queryFn: ({ signal }) => client.identity.current(undefined, { signal }),
    refetchInterval: lookAgainMs,
  });
  useEffect(() => {
    if (data && (data.person.role !== person.role || data.permissions.join() !== permissions.join())) enterSession(data);
  }, [data, person.role, permissions]);
}
