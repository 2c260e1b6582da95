import { z } from 'zod';
import { isDiskFull } from '../../errors.ts';
import type { WritableDb } from '../../vault/database.ts';
import { parseLeaf, readLeaf, type LeafContent } from '../leaf.ts';
import { indexed, indexForm } from './leaf-index.ts';

const hourMs = 3_600_000;
const leafRow = z.object({ sequence: z.number(), canonical: z.string().nullable() });
type LeafRow = z.infer<typeof leafRow>;
/** A leaf that leaves the log, with its text. */
export type LeavingLeaf = { readonly sequence: number; readonly canonical: string };

/**
 * The full-text index over the leaves, with the hours in which they were written. It is derived: it follows the log in
 * batches, and nothing is lost where it cannot (a full disk). Whoever can write the database can hide an entry from it,
 * not from the log, which `verify` checks.
 */
export class SearchIndex {
  readonly #db: WritableDb;
  readonly #add;
  readonly #addHour;
  readonly #drop;
  #isFormKnown = false;

  constructor(db: WritableDb) {
    this.#db = db;
    this.#add = db.prepare('INSERT INTO audit_search (rowid, text, facets) VALUES (?, ?, ?)');
    this.#addHour = db.prepare(
      `INSERT INTO audit_search_hours (hour, low, high) VALUES (?, ?, ?)
       ON CONFLICT (hour) DO UPDATE SET low = min(low, excluded.low), high = max(high, excluded.high)`,
    );
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
    for (const { sequence, canonical } of leaves) {
      if (sequence >= edge) continue;
      const { text, facets } = indexed(parseLeaf(canonical));
      this.#drop.run(sequence, text, facets);
    }
  }

  /** Sequences between which everything of these times lies, as far as the index goes; the clock may have gone back in between. */
  range({ from, to }: { from: number; to: number }): { low: number; high: number } {
    const sql = 'SELECT COALESCE(min(low), 0) AS low, COALESCE(max(high), -1) AS high FROM audit_search_hours WHERE hour BETWEEN ? AND ?';
    return z.object({ low: z.number(), high: z.number() }).parse(this.#db.prepare(sql).get(hourOf(from), hourOf(to)));
  }

  #take(most: number): void {
    this.#requireForm();
    const { edge } = this;
    const hours = new Map<number, { low: number; high: number }>();
    let next = edge;
    for (const { sequence, canonical } of this.#leaves(edge, most)) {
      const leaf = canonical === null ? null : readLeaf(canonical);
      // A text that is no leaf any more keeps the others from nobody.
      if (leaf) this.#takeLeaf(leaf, hours);
      next = sequence + 1;
    }
    for (const [hour, { low, high }] of hours) this.#addHour.run(hour, low, high);
    if (next !== edge) this.#setEdge(next);
  }

  /** Entries can be taken out only as they were put in: an index that an earlier Redoubt made otherwise begins anew. */
  #requireForm(): void {
    const form = this.#db.prepare('SELECT form FROM audit_search_edge').pluck().get();
    if (form === indexForm || form === undefined) return;
    this.#db.exec("INSERT INTO audit_search (audit_search) VALUES ('delete-all'); DELETE FROM audit_search_hours;");
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

  #takeLeaf(leaf: LeafContent, hours: Map<number, { low: number; high: number }>): void {
    const { text, facets } = indexed(leaf);
    this.#add.run(leaf.sequence, text, facets);
    const hour = hourOf(leaf.at);
    const known = hours.get(hour);
    hours.set(hour, { low: known?.low ?? leaf.sequence, high: leaf.sequence });
  }

  #leaves(from: number, most: number): LeafRow[] {
    const sql = 'SELECT sequence, canonical FROM audit_leaves WHERE sequence >= ? ORDER BY sequence LIMIT ?';
    return z.array(leafRow).parse(this.#db.prepare(sql).all(from, most));
  }
}

function hourOf(at: number): number {
  return Math.floor(at / hourMs);
}
