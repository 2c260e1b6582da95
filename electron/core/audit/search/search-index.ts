import { z } from 'zod';
import { isDiskFull } from '../../errors.ts';
import type { WritableDb } from '../../vault/database.ts';
import { parseLeaf, type LeafContent } from '../leaf.ts';
import { indexed } from './leaf-index.ts';

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
    const rows = this.#leaves(this.edge, most);
    if (rows.length === 0) return this.edge;
    try {
      this.#db.transaction(() => this.#take(this.edge, most)).immediate();
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
    return this.edge;
  }

  /** Takes out leaves that lose their text. Inside the transaction in which they do. */
  forget(leaves: readonly LeavingLeaf[]): void {
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

  #take(edge: number, most: number): void {
    const hours = new Map<number, { low: number; high: number }>();
    let next = edge;
    for (const { sequence, canonical } of this.#leaves(edge, most)) {
      if (canonical !== null) this.#takeLeaf(parseLeaf(canonical), hours);
      next = sequence + 1;
    }
    for (const [hour, { low, high }] of hours) this.#addHour.run(hour, low, high);
    this.#db
      .prepare('INSERT INTO audit_search_edge (one, next) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET next = excluded.next')
      .run(next);
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
