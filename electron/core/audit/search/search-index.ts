import { z } from 'zod';
import { isDiskFull } from '../../errors.ts';
import type { WritableDb } from '../../vault/database.ts';
import { parseLeaf, readLeaf } from '../leaf.ts';
import { HourRuns } from './hour-runs.ts';
import { indexed, indexForm } from './leaf-index.ts';

const leafRow = z.object({ sequence: z.number(), canonical: z.string().nullable() });
type LeafRow = z.infer<typeof leafRow>;
type Taken = { readonly sequence: number; readonly at: number } & ReturnType<typeof indexed>;
/** A leaf that leaves the log, with its text. */
export type LeavingLeaf = { readonly sequence: number; readonly canonical: string };

/**
 * The full-text index over the leaves, with the hours in which they were written. It is derived: it follows the log in
 * batches, and nothing is lost where it cannot (a full disk). Whoever can write the database can hide an entry from it,
 * not from the log, which `verify` checks.
 */
export class SearchIndex {
  readonly #db: WritableDb;
  readonly hours: HourRuns;
  readonly #add;
  readonly #drop;
  #isFormKnown = false;

  constructor(db: WritableDb) {
    this.#db = db;
    this.hours = new HourRuns(db);
    this.#add = db.prepare('INSERT INTO audit_search (rowid, text, facets) VALUES (?, ?, ?)');
    this.#drop = db.prepare("INSERT INTO audit_search (audit_search, rowid, text, facets) VALUES ('delete', ?, ?, ?)");
  }

  /** The sequence up to which leaves are in the index. */
  get edge(): number {
    return z.number().parse(this.#db.prepare('SELECT COALESCE((SELECT next FROM audit_search_edge), 0)').pluck().get());
  }

  /** Takes up to `most` further leaves in; returns the edge. On a full disk it stays where it is. */
  catchUp(most: number): number {
    const size = z.number().parse(this.#db.prepare('SELECT COALESCE(max(sequence) + 1, 0) FROM audit_leaves').pluck().get());
    if (this.#isFormKnown && this.edge >= size) return this.edge;
    try {
      this.#db.transaction(() => this.#take(most)).immediate();
      this.#isFormKnown = true;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
    return this.edge;
  }

  /** Takes out leaves that lose their text. Inside the transaction in which they do. */
  forget(leaves: readonly LeavingLeaf[]): void {
    this.#requireForm();
    const { edge } = this;
    const known = leaves.filter(({ sequence }) => sequence < edge);
    for (const { sequence, canonical } of known) {
      const { text, facets } = indexed(parseLeaf(canonical));
      this.#drop.run(sequence, text, facets);
    }
    this.hours.forget(known.map(({ sequence }) => sequence));
  }

  #take(most: number): void {
    this.#requireForm();
    const { edge } = this;
    const taken: Taken[] = [];
    let next = edge;
    for (const { sequence, canonical } of this.#leaves(edge, most)) {
      const leaf = canonical === null ? null : readLeaf(canonical);
      // A text that is no leaf any more keeps the others from nobody.
      if (leaf) taken.push({ sequence, at: leaf.at, ...indexed(leaf) });
      next = sequence + 1;
    }
    for (const { sequence, text, facets } of taken) this.#add.run(sequence, text, facets);
    this.hours.add(taken);
    if (next !== edge) this.#setEdge(next);
  }

  /** Entries can be taken out only as they were put in: an index that an earlier Redoubt made otherwise begins anew. */
  #requireForm(): void {
    const form = this.#db.prepare('SELECT form FROM audit_search_edge').pluck().get();
    if (form === indexForm || form === undefined) return;
    this.#db.exec("INSERT INTO audit_search (audit_search) VALUES ('delete-all')");
    this.hours.clear();
    this.#setEdge(0);
  }

  #setEdge(next: number): void {
    this.#db
      .prepare(
        `INSERT INTO audit_search_edge (one, next, form) VALUES (1, ?, ?)
         ON CONFLICT (one) DO UPDATE SET next = excluded.next, form = excluded.form`,
      )
      .run(next, indexForm);
  }

  #leaves(from: number, most: number): LeafRow[] {
    const sql = 'SELECT sequence, canonical FROM audit_leaves WHERE sequence >= ? ORDER BY sequence LIMIT ?';
    return z.array(leafRow).parse(this.#db.prepare(sql).all(from, most));
  }
}
