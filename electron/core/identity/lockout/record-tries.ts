import { systemActor, type Act, type Actor } from '../../audit/act.ts';
import type { Person } from '../../contract/identity.ts';
import type { Lockout } from './lockout.ts';

/**
 * Leaves a leaf for every name under which tries failed since the last time: at once while the vault is open, and
 * with the first sign-in after it was closed. What was typed as a name that is nobody's is not repeated: it may be a password.
 */
export function recordTries(lockout: Lockout, people: readonly Person[], act: (actor: Actor, action: string) => Act): void {
  const unrecorded = lockout.unrecorded();
  if (unrecorded.length === 0) return;
  const names = new Map(people.map((each) => [lockout.nameOf(each.userName), each]));
  for (const { name, tries, since, lastAt, lockedOut } of unrecorded) {
    const person = names.get(name);
    const actor = person ? { personId: person.id, name: person.userName } : systemActor;
    act(actor, 'identity.sign-in').commit(
      { subject: person?.id ?? '', outcome: 'denied', details: { tries, since, lastAt, lockedOut } },
      () => undefined,
    );
  }
  lockout.noteRecorded();
}
