import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { WritableDb } from '../vault/database.ts';
import type { LeafTerms, WantedTerms } from './leaf-terms.ts';
import { readLeaf, type LeafContent } from './leaf.ts';

const rows = z.array(z.object({ sequence: z.number(), canonical: z.string() }));
export type LeafText = z.infer<typeof rows>[number];
const caseActs = z.array(z.object({ caseId: z.string(), actor: z.string(), at: z.number() }));
/** `at`: milliseconds since the epoch by the clock of then. */
export type CaseAct = z.infer<typeof caseActs>[number];
/** Some milliseconds of work. */
const perPage = 1_000;

/**
 * Reads leaves by what they are about, in the order of the log. A leaf whose retention is over has no text and is not among
 * them. No index of SQLite's is asked: who can write the database can write one that lacks what they like.
 */
export class Leaves {
  readonly #db: WritableDb;
  readonly #terms: LeafTerms;

  constructor(db: WritableDb, terms: LeafTerms) {
    this.#db = db;
    this.#terms = terms;
  }

  of(subjects: readonly string[]): LeafContent[] {
    return contents(this.textsOf(subjects));
  }

  /** On any of the subjects, or among the sequences, as they were hashed. */
  textsOf(subjects: readonly string[], sequences: readonly number[] = []): LeafText[] {
    const where = 'subject IN (SELECT value FROM json_each(@subjects)) OR sequence IN (SELECT value FROM json_each(@sequences))';
    const values = { subjects: JSON.stringify(subjects), sequences: JSON.stringify(sequences) };
    return this.#read([...this.#terms.find({ subject: subjects }), ...sequences], where, values);
  }

  /** Done in the case, or on one of the subjects. */
  ofCase(caseId: string, subjects: readonly string[]): LeafContent[] {
    const where = 'case_id = @caseId OR subject IN (SELECT value FROM json_each(@subjects))';
    return this.#find({ case_id: [caseId], subject: subjects }, where, { caseId, subjects: JSON.stringify(subjects) });
  }

  /** Of these actions, as they were hashed. */
  textsOfActions(actions: readonly string[]): LeafText[] {
    const where = 'action IN (SELECT value FROM json_each(@actions))';
    return this.#read(this.#terms.find({ action: actions }), where, { actions: JSON.stringify(actions) });
  }

  /** Of these actions, from `from` up to, but not including, `to`; milliseconds since the epoch by the clock of then. */
  ofActions(actions: readonly string[], from = 0, to = Number.MAX_SAFE_INTEGER): LeafContent[] {
    const where = 'action IN (SELECT value FROM json_each(@actions)) AND at >= @from AND at < @to';
    return this.#find({ action: actions }, where, { actions: JSON.stringify(actions), from, to });
  }

  /** Who did anything in these cases and when, newest first and in pages; others get their turn in between. */
  async *actsIn(caseIds: readonly string[]): AsyncGenerator<CaseAct[]> {
    const page = this.#db.prepare(
      `SELECT case_id AS caseId, actor, at FROM audit_leaves NOT INDEXED
       WHERE sequence IN (SELECT value FROM json_each(?)) AND case_id IN (SELECT value FROM json_each(?))
         AND typeof(actor) = 'text' AND typeof(at) = 'integer' ORDER BY sequence DESC`,
    );
    const found = this.#terms.find({ case_id: caseIds }).toReversed();
    for (let next = 0; next < found.length; next += perPage) {
      await setImmediate();
      yield caseActs.parse(page.all(JSON.stringify(found.slice(next, next + perPage)), JSON.stringify(caseIds)));
    }
  }

  #find(wanted: WantedTerms, where: string, values: Record<string, string | number>): LeafContent[] {
    return contents(this.#read(this.#terms.find(wanted), where, values));
  }

  /** Of those that may be meant, those that are. */
  #read(found: readonly number[], where: string, values: Record<string, string | number>): LeafText[] {
    const sql = `SELECT sequence, canonical FROM audit_leaves NOT INDEXED
      WHERE sequence IN (SELECT value FROM json_each(@found)) AND canonical IS NOT NULL AND (${where}) ORDER BY sequence`;
    return rows.parse(this.#db.prepare(sql).all({ ...values, found: JSON.stringify(found) }));
  }
}

function contents(texts: readonly LeafText[]): LeafContent[] {
  return texts.flatMap(({ canonical }) => readLeaf(canonical) ?? []);
}
