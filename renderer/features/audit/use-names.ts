import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { caseQueries, useCases } from '../../lib/cases.ts';
import { usePermission } from '../../lib/session.ts';
import { useCaseTitle } from '../cases/case-mark.tsx';
import { peopleQuery } from '../settings/people/queries.ts';

export type Names = {
  /** The name of a person or case that the reader may know; null for any other id. */
  readonly of: (id: string) => string | null;
  readonly people: readonly { readonly id: string; readonly userName: string; readonly displayName: string }[];
  readonly cases: readonly { readonly id: string; readonly name: string }[];
};

/** Names for the ids that entries hold, as far as the reader may know them. */
export function useNames(): Names {
  const mayPeople = usePermission('people.read');
  const mayCases = usePermission('cases.administer');
  const people = useQuery({ ...peopleQuery(), refetchInterval: false, enabled: mayPeople }).data;
  const foreign = useQuery({ ...caseQueries.all(), enabled: mayCases }).data;
  const own = useCases();
  const title = useCaseTitle();
  return useMemo(() => {
    const cases = new Map([...(foreign ?? []), ...own].map((one) => [one.id, title(one)]));
    const names = new Map([...cases, ...(people ?? []).map(({ id, displayName }) => [id, displayName] as const)]);
    return {
      of: (id) => names.get(id) ?? null,
      people: people ?? [],
      cases: [...cases].map(([id, name]) => ({ id, name })),
    };
  }, [people, foreign, own, title]);
}
