import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Person, Session } from '../contract/identity.ts';
import { AppError } from '../errors.ts';
import type { HostKind } from '../supervision/messages.ts';
import { permissionsOf } from './permissions.ts';

/** What the policies say about sessions. */
export type SessionRules = { readonly idleMinutes: number; readonly maximumHours: number };

/** A session as core knows it; it holds no token. */
export type SessionEntry = {
  readonly id: string;
  readonly personId: string;
  readonly host: HostKind;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly lastActivityAt: number;
};

type Held = SessionEntry & {
  lastActivityAt: number;
  /** Of the clock that nobody can set, ms: `startedAt` and `lastActivityAt` once more. */
  readonly startedTick: number;
  lastActivityTick: number;
  readonly outlived: NodeJS.Timeout;
};

/** Who is signed in. Lives in memory only: a lock or a crash of core ends every session. */
export class Sessions {
  readonly #held = new Map<string, Held>();
  readonly #person: (id: string) => Person | null;
  readonly #rules: () => SessionRules;
  readonly #host: HostKind;
  readonly #listeners = new Set<() => void>();
  /** Hears of the end of a session, after it. */
  onEnd: (entry: SessionEntry) => void = () => undefined;

  constructor(person: (id: string) => Person | null, rules: () => SessionRules, host: HostKind) {
    this.#person = person;
    this.#rules = rules;
    this.#host = host;
  }

  start(person: Person): Session {
    const token = randomBytes(32).toString('base64url');
    const [now, tick] = [Date.now(), performance.now()];
    const maximumMs = this.#rules().maximumHours * 3_600_000;
    const held: Held = {
      id: randomUUID(),
      personId: person.id,
      host: this.#host,
      startedAt: now,
      lastActivityAt: now,
      startedTick: tick,
      lastActivityTick: tick,
      outlived: setTimeout(() => this.#endThose((each) => this.#outlived(each)), maximumMs).unref(),
    };
    this.#held.set(digest(token), held);
    return this.#shown(token, held, person);
  }

  /** The session as it is now: a disabled person has none, a changed role has its new permissions. */
  find(token: string): Session | null {
    const held = this.#held.get(digest(token));
    const person = held ? this.#person(held.personId) : null;
    if (!held || person?.status !== 'active' || this.#outlived(held)) return null;
    return this.#shown(token, held, person);
  }

  /** @throws AppError `identity/session-ended` */
  resume(token: string): Session {
    const session = this.find(token);
    if (!session) throw sessionEnded();
    return session;
  }

  /** Hears at once of everything that can take something away from a session; the answer stops it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Has whoever serves a session look again at what it may do: a role, a status or a membership was changed. */
  recheck(): void {
    for (const listener of this.#listeners) listener();
  }

  /** The person did something. */
  touch(token: string): void {
    const held = this.#held.get(digest(token));
    if (!held) return;
    held.lastActivityAt = Date.now();
    held.lastActivityTick = performance.now();
  }

  /** Oldest first. */
  list(): SessionEntry[] {
    return [...this.#held.values()].map(({ id, personId, host, startedAt, lastActivityAt }) => ({
      id,
      personId,
      host,
      startedAt,
      lastActivityAt,
    }));
  }

  /** Milliseconds since the person of this session last did something, by the clock that nobody can set. */
  idleFor(id: string): number {
    const held = [...this.#held.values()].find((each) => each.id === id);
    return held ? performance.now() - held.lastActivityTick : 0;
  }

  /** False where there is no such session (any more). */
  end(id: string): boolean {
    return this.#endThose((held) => held.id === id) > 0;
  }

  /** Ends every session of a person, but for `except`. */
  endOf(personId: string, except?: string): void {
    this.#endThose((held) => held.personId === personId && held.id !== except);
  }

  #endThose(which: (held: Held) => boolean): number {
    const ending = [...this.#held].filter(([, held]) => which(held));
    for (const [key] of ending) this.#held.delete(key);
    if (ending.length > 0) this.recheck();
    for (const [, held] of ending) {
      clearTimeout(held.outlived);
      this.onEnd(held);
    }
    return ending.length;
  }

  #outlived(held: Held): boolean {
    return performance.now() - held.startedTick >= this.#rules().maximumHours * 3_600_000;
  }

  #shown(token: string, held: Held, person: Person): Session {
    const { idleMinutes } = this.#rules();
    return { id: held.id, token, person, permissions: [...permissionsOf(person.role)], startedAt: held.startedAt, idleMinutes };
  }
}

export function sessionEnded(): AppError {
  return new AppError('identity/session-ended', 'Your session has ended. Sign in again; nothing was lost.');
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
