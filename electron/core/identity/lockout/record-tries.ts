import { actorOf, systemActor, type Act, type Actor } from '../../audit/act.ts';
import type { Person } from '../../contract/identity.ts';
import type { Lockout } from './lockout.ts';

/** Tries under names that are nobody's leave one leaf in this time, ms: whoever invents names must not fill the log. */
const strangersMs = 60_000;

/**
 * Leaves a leaf for every person under whose name tries failed since the last time, and one for all other names together:
 * at once while the vault is open, and with the first sign-in after it was closed. What was typed as a name that is
 * nobody's is not repeated: it may be a password.
 */
export class TryRecorder {
  readonly #lockout: Lockout;
  readonly #now: () => number;
  #strangersAt = Number.NEGATIVE_INFINITY;

  /** `now`: milliseconds of a clock that nobody can set. */
  constructor(lockout: Lockout, now: () => number = () => performance.now()) {
    this.#lockout = lockout;
    this.#now = now;
  }

  /** What is not recorded yet for its name being nobody's waits in the lock-out's file, over a lock too. */
  record(people: readonly Person[], act: (actor: Actor, action: string) => Act): void {
    const all = this.#lockout.unrecorded();
    if (all.length === 0) return;
    const persons = new Map(people.map((each) => [this.#lockout.nameOf(each.userName), each]));
    const recorded: string[] = [];
    for (const { name, ...details } of all) {
      const person = persons.get(name);
      if (!person) continue;
      const denied = { subject: person.id, outcome: 'denied' as const, details };
      act(actorOf(person), 'identity.sign-in').commit(denied, () => undefined);
      recorded.push(name);
    }
    const strangers = all.filter(({ name }) => !persons.has(name));
    if (strangers.length > 0 && this.#now() - this.#strangersAt >= strangersMs) {
      this.#strangersAt = this.#now();
      const details = {
        names: strangers.length,
        tries: strangers.reduce((sum, { tries }) => sum + tries, 0),
        since: Math.min(...strangers.map(({ since }) => since)),
        lastAt: Math.max(...strangers.map(({ lastAt }) => lastAt)),
        lockedOut: strangers.some(({ lockedOut }) => lockedOut),
      };
      act(systemActor, 'identity.sign-in').commit({ subject: '', outcome: 'denied', details }, () => undefined);
      recorded.push(...strangers.map(({ name }) => name));
    }
    if (recorded.length > 0) this.#lockout.noteRecorded(recorded);
  }
}
