import { useQuery } from '@tanstack/react-query';
import type { Role } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { usePermission } from '../../../lib/session.ts';

type Candidate = { readonly id: string; readonly userName: string; readonly displayName: string };

/** Roles whose work is in cases; core checks again. */
const working: ReadonlySet<Role> = new Set(['owner', 'analyst', 'viewer']);

/** Who can be made a member: as core says, or for who administers cases from outside, out of the list of people. */
export function useCandidates(): readonly Candidate[] {
  const inside = usePermission('cases.use');
  const outside = usePermission('people.read') && !inside;
  const candidates = useQuery({
    queryKey: ['cases', 'candidates'],
    queryFn: ({ signal }) => client.cases.candidates(undefined, { signal }),
    enabled: inside,
  });
  const people = useQuery({
    queryKey: ['identity', 'people'],
    queryFn: ({ signal }) => client.identity.listPeople(undefined, { signal }),
    enabled: outside,
  });
  if (inside) return candidates.data ?? [];
  return (people.data ?? []).filter(({ role, status }) => status === 'active' && working.has(role));
}
