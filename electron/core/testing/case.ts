import { CasesRepository } from '../cases/cases.repository.ts';
import { newPerson } from '../identity/identity.service.ts';
import { PeopleRepository } from '../identity/people.repository.ts';
import type { WritableDb } from '../vault/database.ts';

/** Makes the case `id`, if it is not there, with a person `p1` who leads it; for tests that call services directly. */
export function addCase(db: WritableDb, id = 'case-1'): string {
  const cases = new CasesRepository(db);
  const people = new PeopleRepository(db);
  if (!people.byId('p1')) people.add({ ...newPerson('p1', 'P1', 'analyst'), id: 'p1' });
  if (cases.byId(id)) return id;
  const entry = {
    name: id,
    personalOf: null,
    classification: 'internal',
    purpose: '',
    retentionDays: null,
    createdAt: Date.now(),
  } as const;
  cases.add({ id, ...entry });
  cases.setMember(id, 'p1', 'lead', Date.now());
  return id;
}

/** Sees every case; stands in for a person's scope. */
export const seesAll = (): boolean => true;
/** Nothing is held. */
export const noHold = (): void => undefined;
