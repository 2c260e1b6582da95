import { createHash, randomBytes } from 'node:crypto';
import type { Person, Session } from '../contract/identity.ts';
import { AppError } from '../errors.ts';
import { permissionsOf } from './permissions.ts';

type Entry = { personId: string; startedAt: number };

/** Who is signed in. Lives in memory only: a lock or a crash of core ends every session. */
export class Sessions {
  readonly #entries = new Map<string, Entry>();
  readonly #person: (id: string) => Person | null;

  constructor(person: (id: string) => Person | null) {
    this.#person = person;
  }

  start(person: Person): Session {
    const token = randomBytes(32).toString('base64url');
    const startedAt = Date.now();
    this.#entries.set(digest(token), { personId: person.id, startedAt });
    return { token, person, permissions: [...permissionsOf(person.role)], startedAt };
  }

  /** The session as it is now: a disabled person has none, a changed role has its new permissions. */
  find(token: string): Session | null {
    const entry = this.#entries.get(digest(token));
    const person = entry ? this.#person(entry.personId) : null;
    if (!entry || person?.status !== 'active') return null;
    return { token, person, permissions: [...permissionsOf(person.role)], startedAt: entry.startedAt };
  }

  /** @throws AppError `identity/session-ended` */
  resume(token: string): Session {
    const session = this.find(token);
    if (!session) throw sessionEnded();
    return session;
  }

  end(token: string): void {
    this.#entries.delete(digest(token));
  }

  /** Ends every session of a person. */
  endOf(personId: string): void {
    for (const [key, entry] of this.#entries) if (entry.personId === personId) this.#entries.delete(key);
  }
}

export function sessionEnded(): AppError {
  return new AppError('identity/session-ended', 'Your session has ended. Sign in again; nothing was lost.');
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
