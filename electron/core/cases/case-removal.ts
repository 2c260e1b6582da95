import { z } from 'zod';
import type { Act, Actor, SystemActs } from '../audit/act.ts';
import { deletionProof, type DeletionProof } from '../contract/cases.ts';
import type { WritableDb } from '../vault/database.ts';
import { CaseRows } from './case-rows.ts';

/** What the areas that keep content do for a removal. */
export type CaseContents = {
  /** Stops all work on what belongs to the case; once it resolves nothing of it is written any more. */
  stop(caseId: string): Promise<void>;
  /** Ids of the blobs that hold its content. */
  blobs(caseId: string): readonly string[];
  /** Does anything that is left still need this blob? */
  refersTo(blob: string): boolean;
  /** Destroys the key of a blob and removes the file. */
  erase(blob: string): void;
  isThere(blob: string): boolean;
};

const counts = deletionProof.pick({
  caseId: true,
  name: true,
  documents: true,
  flows: true,
  runs: true,
  conversations: true,
  reports: true,
});
/** What is left to do once the rows are gone, kept until it is done. */
const pending = z.object({ counts, ids: z.array(z.string()), blobs: z.array(z.string()) });
type Pending = z.infer<typeof pending>;

/**
 * Deletes a case for good. The rows go in one transaction (SQLite overwrites them, and the write-ahead log is emptied);
 * the same transaction notes which blobs must be erased, so that a crash in between is made up for at the next opening.
 * Then everything is searched for, and what was found (nothing) stands in the audit log.
 */
export class CaseRemoval {
  readonly #db: WritableDb;
  readonly #contents: CaseContents;
  readonly #systemAct: SystemActs;
  readonly #rows: CaseRows;

  constructor(db: WritableDb, contents: CaseContents, systemAct: SystemActs) {
    this.#db = db;
    this.#contents = contents;
    this.#systemAct = systemAct;
    this.#rows = new CaseRows(db);
  }

  /** `check` runs again once nothing writes any more; what it throws leaves everything as it is. */
  async remove(act: Act, { id, name }: { id: string; name: string }, check: () => void): Promise<DeletionProof> {
    await this.#contents.stop(id);
    const removed = act.commit(
      ({ counts: { documents, flows, runs, conversations, reports } }) => ({
        subject: id,
        details: { documents, flows, runs, conversations, reports },
      }),
      () => this.#removeRows(id, name, check),
    );
    return this.#eraseAndProve(act, removed);
  }

  takeUp(): void {
    const rows = this.#db.prepare('SELECT proof FROM case_removals').pluck().all();
    for (const row of rows) this.#eraseAndProve(this.#systemAct('cases.remove'), pending.parse(JSON.parse(z.string().parse(row))));
  }

  #removeRows(id: string, name: string, check: () => void): Pending {
    check();
    const count = (table: string) => this.#rows.count(table, id);
    const removed: Pending = {
      counts: {
        caseId: id,
        name,
        documents: count('documents'),
        flows: count('flows'),
        runs: count('runs'),
        conversations: count('conversations'),
        reports: count('reports'),
      },
      ids: this.#rows.ids(id),
      blobs: [...new Set(this.#contents.blobs(id))],
    };
    this.#rows.remove(id);
    this.#db.prepare('INSERT INTO case_removals (removed_id, proof) VALUES (?, ?)').run(id, JSON.stringify(removed));
    return removed;
  }

  #eraseAndProve({ actor }: Act, { counts: counted, ids, blobs }: Pending): DeletionProof {
    const own = blobs.filter((blob) => !this.#contents.refersTo(blob));
    for (const blob of own) this.#contents.erase(blob);
    // What the deleted rows held must not stay behind in the write-ahead log.
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    const figures = {
      ...counted,
      blobsErased: own.length,
      blobsShared: blobs.length - own.length,
      rowsLeft: this.#rows.countNaming(ids),
      blobsLeft: own.filter((blob) => this.#contents.isThere(blob)).length,
    };
    return { ...figures, auditSequence: this.#record(actor, figures) };
  }

  /** The proof's leaf, by whoever removed the case. */
  #record(actor: Actor, { caseId, name: _name, ...figures }: Omit<DeletionProof, 'auditSequence'>): number {
    const outcome = figures.rowsLeft + figures.blobsLeft === 0 ? 'done' : 'failed';
    this.#systemAct('cases.prove-removal').commit({ subject: caseId, outcome, details: { ...figures, removedBy: actor.name } }, () =>
      this.#db.prepare('DELETE FROM case_removals WHERE removed_id = ?').run(caseId),
    );
    return z.number().parse(this.#db.prepare('SELECT max(sequence) FROM audit_leaves').pluck().get());
  }
}
