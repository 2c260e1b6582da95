import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../../electron/core/contract/index.ts';
import { caseQueries, useCases } from '../../../lib/cases.ts';
import { usePermission } from '../../../lib/session.ts';
import { peopleQuery } from '../people/queries.ts';

type Words = { readonly name: string; readonly value: string; /** False where it is data, not words. */ readonly plain: boolean };

/** The input of a call in words: ids as the names of people and cases that the reader may know, the rest as it is. */
export function useInputWords(input: Json): readonly Words[] {
  const { t, i18n } = useTranslation(['approvals', 'common']);
  const mayPeople = usePermission('people.read');
  const mayCases = usePermission('cases.administer');
  const people = useQuery({ ...peopleQuery(), enabled: mayPeople }).data ?? [];
  const foreign = useQuery({ ...caseQueries.all(), enabled: mayCases }).data ?? [];
  const own = useCases();
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return [];

  const inWords = (name: string, value: Json): { value: string; plain: boolean } => {
    if (typeof value === 'string') {
      const person = people.find(({ id }) => id === value);
      if (person) return { value: `${person.displayName} (${person.userName})`, plain: true };
      const found = [...own, ...foreign].find(({ id }) => id === value);
      if (found) return { value: found.name, plain: true };
      if (name === 'role') return { value: t(`common:roles.${value}`), plain: true };
      return { value, plain: !/^[\da-f-]{32,}$/.test(value) };
    }
    if (value === null) return { value: '–', plain: true };
    if (typeof value === 'number' || typeof value === 'boolean') return { value: String(value), plain: true };
    return { value: JSON.stringify(value), plain: false };
  };
  return Object.entries(input).map(([name, value]) => ({
    name: i18n.exists(`approvals:fields.${name}`) ? t(`fields.${name}`) : name,
    ...inWords(name, value),
  }));
}
