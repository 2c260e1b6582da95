import { z } from 'zod';
import type { WritableDb } from '../vault/database.ts';
import { readLeaf, type LeafContent } from './leaf.ts';

const texts = z.array(z.string());

/** Reads leaves by what they are about, in the order of the log. A leaf whose retention is over has no text and is not among them. */
export class Leaves {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  of(subjects: readonly string[]): LeafContent[] {
    return this.#read('subject IN (SELECT value FROM json_each(@subjects))', { subjects: JSON.stringify(subjects) });
  }

  /** Done in the case, or on one of the subjects. */
  ofCase(caseId: string, subjects: readonly string[]): LeafContent[] {
    const where = 'case_id = @caseId OR subject IN (SELECT value FROM json_each(@subjects))';
    return this.#read(where, { caseId, subjects: JSON.stringify(subjects) });
  }

  /** Of these actions, from `from` up to, but not including, `to`; milliseconds since the epoch by the clock of then. */
  ofActions(actions: readonly string[], from = 0, to = Number.MAX_SAFE_INTEGER): LeafContent[] {
    const where = 'action IN (SELECT value FROM json_each(@actions)) AND at >= @from AND at < @to';
    return this.#read(where, { actions: JSON.stringify(actions), from, to });
  }

  #read(where: string, values: Record<string, string | number>): LeafContent[] {
    const sql = `SELECT canonical FROM audit_leaves WHERE canonical IS NOT NULL AND (${where}) ORDER BY sequence`;
    return texts.parse(this.#db.prepare(sql).pluck().all(values)).flatMap((text) => readLeaf(text) ?? []);
  }
}
