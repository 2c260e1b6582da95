import type { Person } from '../contract/identity.ts';

/** Days without a sign-in, or without an act in a case, after which a right counts as unused. */
export const dormantDays = 90;
const dayMs = 86_400_000;

/** Every slot of the person asks for something besides a password: with one that does not, the password alone is enough. `slots`: the factors of each. */
export function hasSecondFactor(slots: readonly (readonly string[])[]): boolean {
  return slots.length > 0 && slots.every((factors) => factors.some((factor) => factor !== 'password'));
}

export function isAdministrator({ role }: Pick<Person, 'role'>): boolean {
  return role === 'owner' || role.endsWith('-administrator');
}

/** Days since the person signed in last or, who never did, since the account was made. */
export function idleDays(person: Pick<Person, 'lastSignInAt' | 'createdAt'>, now: number): number {
  return Math.floor((now - (person.lastSignInAt ?? person.createdAt)) / dayMs);
}
