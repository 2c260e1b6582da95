import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Act, SystemActs } from '../audit/act.ts';
import type { Json } from '../contract/base.ts';
import { deletionProof, type DeletionProof } from '../contract/cases.ts';
import { AppError } from '../errors.ts';
import type { WritableDb } from '../vault/database.ts';
import { vaultPaths } from '../vault/vault-file.ts';
import { emptyWriteAheadLog } from '../vault/write-ahead-log.ts';
import { CaseRows } from './case-rows.ts';

/** What the areas that keep content do for a removal. */
export type CaseContents = {
  /** Stops all work on what belongs to the case; once it resolves nothing of it is written any more. */
  stop(caseId: string): Promise<void>;
  /** Where the disk is too full to delete the case at once, deletes the most of it a little at a time; `check` throws where it may not. */
  shrink?(caseId: string, check: () => void): Promise<void>;
  /** Goes on with what `stop` stopped: the case stays after all. */
  resume(caseId: string): void;
  /** Ids of the blobs that hold its content. */
  blobs(caseId: string): readonly string[];
  /** Ids of every blob there is. */
  allBlobs(): Iterable<string>;
  /** Does anything that is left still need this blob? */
  refersTo(blob: string): boolean;
  /** Destroys the key of a blob and removes the file. */
  erase(blob: string): void;
  isThere(blob: string): boolean;
  /** Nothing answers for up to so long, ms. */
  busy(ms: number): void;
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
const pending = z.object({ counts, ids: z.array(z.string()), blobs: z.array(z.string()), removedBy: z.string() });
type Pending = z.infer<typeof pending>;

/** Overwriting all rows of a database takes a slow disk so long, ms per byte. */
const overwriteMsPerByte = 120_000 / 1024 ** 3;
/** Keys destroyed before others get their turn; each waits for the disk. */
const eraseBatch = 8;
/** Blobs looked at before others get their turn. */
const lookBatch = 256;

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
  readonly #proving = new Set<Promise<unknown>>();
  #closed = false;

  constructor(db: WritableDb, contents: CaseContents, systemAct: SystemActs) {
    this.#db = db;
    this.#contents = contents;
    this.#systemAct = systemAct;
    this.#rows = new CaseRows(db);
  }

  /** `check` runs again once nothing writes any more; what it throws leaves everything as it is. */
  async remove(act: Act, { id, name }: { id: string; name: string }, check: () => void): Promise<DeletionProof> {
    await this.#contents.stop(id);
    await this.#shrink(id, check);
    this.#contents.busy(Number(this.#db.pragma('page_count', { simple: true })) * 4096 * overwriteMsPerByte);
    return this.#proved(this.#commit(act, id, name, check));
  }

  async #shrink(id: string, check: () => void): Promise<void> {
    try {
      await this.#contents.shrink?.(id, check);
    } catch (error) {
      this.#contents.resume(id);
      throw error;
    }
  }

  /** Erases and proves what a crash or a lock interrupted. */
  async takeUp(): Promise<void> {
    const rows = this.#db.prepare('SELECT proof FROM case_removals').pluck().all();
    for (const row of rows) await this.#proved(pending.parse(JSON.parse(z.string().parse(row))));
  }

  /** What is not proved yet is taken up at the next opening. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#proving);
  }

  #commit(act: Act, id: string, name: string, check: () => void): Pending {
    try {
      return act.commit(
        ({ counts: { documents, flows, runs, conversations, reports } }) => ({
          subject: id,
          caseId: id,
          details: { documents, flows, runs, conversations, reports },
        }),
        () => this.#removeRows(id, name, act.actor.name, check),
      );
    } catch (error) {
      this.#contents.resume(id);
      throw error;
    }
  }

  #removeRows(id: string, name: string, removedBy: string, check: () => void): Pending {
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
      removedBy,
    };
    this.#rows.remove(id);
    this.#db.prepare('INSERT INTO case_removals (removed_id, proof) VALUES (?, ?)').run(id, JSON.stringify(removed));
    return removed;
  }

  #proved(removed: Pending): Promise<DeletionProof> {
    const proving = this.#eraseAndProve(removed).finally(() => this.#proving.delete(proving));
    this.#proving.add(proving);
    return proving;
  }

  async #eraseAndProve({ counts: counted, ids, blobs, removedBy }: Pending): Promise<DeletionProof> {
    const contents = this.#contents;
    const emptied = emptyWriteAheadLog(this.#db);
    // Copies of the database as it was before an update hold the case too.
    rmSync(vaultPaths(dirname(this.#db.name)).beforeMigration, { recursive: true, force: true });
    const erased = await this.#eraseUnused(blobs, eraseBatch);
    // What a crash or a break-off left without a row may have been of this case too.
    const orphansErased = (await this.#eraseUnused(contents.allBlobs(), lookBatch)).length;
    // The disk was full before they went.
    if (!emptied) emptyWriteAheadLog(this.#db);
    const figures = {
      ...counted,
      blobsErased: erased.length,
      blobsShared: blobs.length - erased.length,
      rowsLeft: this.#rows.countNaming(ids),
      blobsLeft: erased.filter((blob) => contents.isThere(blob) && !contents.refersTo(blob)).length,
    };
    return { ...figures, auditSequence: this.#record(figures, { removedBy, orphansErased }) };
  }

  /** A blob is referred to from the turn on in which it is stored, so what nothing refers to is nobody's. */
  async #eraseUnused(blobs: Iterable<string>, batch: number): Promise<string[]> {
    const erased: string[] = [];
    let looked = 0;
    for (const blob of blobs) {
      if (looked++ % batch === 0) await nextTurn();
      if (this.#closed)
        throw new AppError('vault/closing', 'The vault is being locked. The rest of the case is erased when it is opened again.');
      if (this.#contents.refersTo(blob)) continue;
      this.#contents.erase(blob);
      erased.push(blob);
    }
    return erased;
  }

  /** The proof's leaf. */
  #record({ caseId, name: _name, ...figures }: Omit<DeletionProof, 'auditSequence'>, further: Readonly<Record<string, Json>>): number {
    const outcome = figures.rowsLeft + figures.blobsLeft === 0 ? 'done' : 'failed';
    this.#systemAct('cases.prove-removal').commit({ subject: caseId, caseId, outcome, details: { ...figures, ...further } }, () =>
      this.#db.prepare('DELETE FROM case_removals WHERE removed_id = ?').run(caseId),
    );
    return z.number().parse(this.#db.prepare('SELECT max(sequence) FROM audit_leaves').pluck().get());
  }
}
