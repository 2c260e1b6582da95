import type { Json } from '../contract/base.ts';
import type { Person, Role } from '../contract/identity.ts';
import type { WritableDb } from '../vault/database.ts';

/** Who does something, as every leaf of it tells. */
export type Actor = {
  readonly personId: string | null;
  readonly name: string;
  /** Id of the session it is done in, never its token; null outside one. */
  readonly session: string | null;
  /** As it was then. */
  readonly role: Role | null;
};
export const systemActor: Actor = { personId: null, name: 'system', session: null, role: null };

/** A person, in the session with this id where there is one. */
export function actorOf({ id, userName, role }: Pick<Person, 'id' | 'userName' | 'role'>, session: string | null = null): Actor {
  return { personId: id, name: userName, session, role };
}

export type LeafInput = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: Actor;
  readonly action: string;
  /** Id of what was acted on, or an empty string. */
  readonly subject: string;
  /** The case it was done in, where it was exactly one. */
  readonly caseId?: string | null;
  readonly outcome: 'done' | 'failed' | 'denied';
  /** Error code of what failed or was denied. */
  readonly reason?: string | null;
  /** Plain facts; never content, names of files' contents, passwords or keys. */
  readonly details: Readonly<Record<string, Json>>;
};

/** Where leaves go; it must be called inside the transaction of the change. */
export interface LeafSink {
  append(leaf: LeafInput): { sequence: number };
  /** Runs the transaction of an act: where there is no room for it, it throws. */
  transact?<T>(action: string, work: () => T): T;
}

export type LeafRecord = Pick<LeafInput, 'subject' | 'reason'> & {
  /** Where it is another than that of the call. */
  readonly caseId?: string | null;
  readonly details?: LeafInput['details'];
  readonly outcome?: LeafInput['outcome'];
};

/** Somebody doing something that the audit log must show. */
export interface Act {
  readonly actor: Actor;
  /** For example `documents.import`. */
  readonly action: string;
  /**
   * Runs `change` and appends the leaf in one transaction: neither is ever there without the other.
   * Inside an open transaction it takes part in that one.
   */
  commit<T>(record: LeafRecord | ((result: T) => LeafRecord), change: (db: WritableDb) => T): T;
}

/** What belongs to an act besides its own change: an approval that it uses up. */
export type ActAddition = {
  /** Stands in every leaf of the act. */
  readonly details: Readonly<Record<string, Json>>;
  /** Runs in the transaction of the first leaf, before the change. */
  within(): void;
};

/** What surrounds an act: the one case of what its call names, and an addition. */
export type ActSetting = { readonly caseId?: string | null; readonly addition?: ActAddition | null };

export class AuditedAct implements Act {
  readonly actor: Actor;
  readonly action: string;
  readonly #db: WritableDb;
  readonly #sink: LeafSink;
  readonly #setting: ActSetting;
  /** How many leaves this act has left; the router refuses a command that left none. */
  leaves = 0;

  constructor(db: WritableDb, sink: LeafSink, actor: Actor, action: string, setting: ActSetting = {}) {
    this.#db = db;
    this.#sink = sink;
    this.actor = actor;
    this.action = action;
    this.#setting = setting;
  }

  commit<T>(record: LeafRecord | ((result: T) => LeafRecord), change: (db: WritableDb) => T): T {
    const run = this.#db.transaction(() => {
      const { addition, caseId = null } = this.#setting;
      if (this.leaves === 0) addition?.within();
      const result = change(this.#db);
      const leaf = { caseId, outcome: 'done' as const, ...(typeof record === 'function' ? record(result) : record) };
      const { actor, action } = this;
      this.#sink.append({ ...leaf, at: Date.now(), actor, action, details: { ...leaf.details, ...addition?.details } });
      return result;
    });
    const transact = () => run.immediate();
    // Part of a larger transaction, it has the room that was found for that one.
    const result = this.#sink.transact && !this.#db.inTransaction ? this.#sink.transact(this.action, transact) : transact();
    this.leaves += 1;
    return result;
  }
}

/** Makes acts of the application itself, for background work. */
export type SystemActs = (action: string) => Act;
