import type { Json } from '../contract/base.ts';
import type { WritableDb } from '../vault/database.ts';

export type Actor = { readonly personId: string | null; readonly name: string };
export const systemActor: Actor = { personId: null, name: 'system' };

export type LeafInput = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly actor: Actor;
  readonly action: string;
  /** Id of what was acted on, or an empty string. */
  readonly subject: string;
  readonly outcome: 'done' | 'failed' | 'denied';
  /** Plain facts; never content, names of files' contents, passwords or keys. */
  readonly details: Readonly<Record<string, Json>>;
};

/** Where leaves go; it must be called inside the transaction of the change. */
export interface LeafSink {
  append(leaf: LeafInput): { sequence: number };
  /** Runs the transaction of an act: where there is no room for it, it throws. */
  transact?<T>(action: string, work: () => T): T;
}

export type LeafRecord = { subject: string; details?: Readonly<Record<string, Json>>; outcome?: LeafInput['outcome'] };

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

export class AuditedAct implements Act {
  readonly actor: Actor;
  readonly action: string;
  readonly #db: WritableDb;
  readonly #sink: LeafSink;
  readonly #addition: ActAddition | null;
  /** How many leaves this act has left; the router refuses a command that left none. */
  leaves = 0;

  constructor(db: WritableDb, sink: LeafSink, actor: Actor, action: string, addition: ActAddition | null = null) {
    this.#db = db;
    this.#sink = sink;
    this.actor = actor;
    this.action = action;
    this.#addition = addition;
  }

  commit<T>(record: LeafRecord | ((result: T) => LeafRecord), change: (db: WritableDb) => T): T {
    const run = this.#db.transaction(() => {
      if (this.leaves === 0) this.#addition?.within();
      const result = change(this.#db);
      const { subject, details = {}, outcome = 'done' } = typeof record === 'function' ? record(result) : record;
      const all = { ...details, ...this.#addition?.details };
      this.#sink.append({ at: Date.now(), actor: this.actor, action: this.action, subject, outcome, details: all });
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
