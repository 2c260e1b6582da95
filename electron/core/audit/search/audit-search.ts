import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { AuditEntry } from '../../contract/audit.ts';
import type { WritableDb } from '../../vault/database.ts';
import { readLeaf } from '../leaf.ts';
import { Wanted, type LeafFilter } from './filter.ts';
import { SearchIndex } from './search-index.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const leafRow = z.object({ sequence: z.number(), canonical: z.string(), leaf_hash: bytes });
type LeafRow = z.infer<typeof leafRow>;

/** `unsearched`: entries that the index does not have yet and that were not looked at one by one either. */
export type Found = { entries: AuditEntry[]; total: number; more: boolean; unsearched: number };
export type Page = { readonly before?: number | undefined; readonly limit: number };

/** More are not counted: nobody reads them one by one, and counting takes time. */
const mostCounted = 1_000;
/** So many leaves are brought into the index by the search itself; of what is left the newest are looked at one by one. */
const caughtUpAtOnce = 500;
/** So many are brought in before a life is told, so that nothing in the middle of it is left out, in batches of a few milliseconds. */
const caughtUpFirst = 50_000;
const batch = 100;
const lookedAtOnce = 4_000;

/** Finds entries of the audit log. Every filter is answered by one index; what is not in it yet is looked at itself. */
export class AuditSearch {
  readonly #db: WritableDb;
  readonly index: SearchIndex;

  constructor(db: WritableDb) {
    this.#db = db;
    this.index = new SearchIndex(db);
  }

  /** Newest first. `total` counts all that fit whatever `before` says, up to a bound: `more` says that there are more. */
  list(filter: LeafFilter, { before = Number.MAX_SAFE_INTEGER, limit }: Page): Found {
    const wanted = new Wanted(filter);
    if (wanted.nothing) return { entries: [], total: 0, more: false, unsearched: 0 };
    // Without any filter the log itself answers.
    const edge = wanted.everything ? Number.MAX_SAFE_INTEGER : this.index.catchUp(caughtUpAtOnce);
    const { rows: newer, unsearched } = this.#unindexed(wanted, edge);
    const rows = newer.filter(({ sequence }) => sequence < before).toReversed();
    if (rows.length < limit) rows.push(...this.#indexed(wanted, { below: Math.min(edge, before), limit: limit - rows.length }));
    const counted = newer.length + this.#count(wanted, edge);
    return {
      entries: rows.slice(0, limit).flatMap(toEntry),
      total: Math.min(counted, mostCounted),
      more: counted > mostCounted,
      unsearched,
    };
  }

  /** Brings the index up to date, others getting their turn in between, unless it is very far behind. */
  async caughtUp(): Promise<void> {
    for (let left = caughtUpFirst, edge = -1; left > 0; left -= batch) {
      const before = edge;
      edge = this.index.catchUp(batch);
      if (edge === before) return;
      await setImmediate();
    }
  }

  /** Everything that names an id anywhere, oldest first; entries after the sequence `after`. */
  life(id: string, { after = -1, limit }: { after?: number | undefined; limit: number }): { entries: AuditEntry[]; more: boolean } {
    const wanted = new Wanted({ search: id }, true);
    const edge = this.index.catchUp(caughtUpAtOnce);
    if (wanted.match === null) return { entries: [], more: false };
    const rows = this.#oldest(wanted, after, edge, limit + 1);
    if (rows.length <= limit) rows.push(...this.#unindexed(wanted, edge).rows.filter(({ sequence }) => sequence > after));
    return { entries: rows.slice(0, limit).flatMap(toEntry), more: rows.length > limit };
  }

  /** The entries with these numbers that still have their text, in the order of the log. */
  at(sequences: readonly number[]): AuditEntry[] {
    const sql = `SELECT sequence, canonical, leaf_hash FROM audit_leaves
      WHERE sequence IN (SELECT value FROM json_each(?)) AND canonical IS NOT NULL ORDER BY sequence`;
    return z
      .array(leafRow)
      .parse(this.#db.prepare(sql).all(JSON.stringify(sequences)))
      .flatMap(toEntry);
  }

  /** Leaves from `edge` on, which the index does not have; where they are many, the newest of them. */
  #unindexed(wanted: Wanted, edge: number): { rows: LeafRow[]; unsearched: number } {
    const size = z.number().parse(this.#db.prepare('SELECT COALESCE(max(sequence) + 1, 0) FROM audit_leaves').pluck().get());
    const from = Math.max(edge, size - lookedAtOnce);
    const sql = 'SELECT sequence, canonical, leaf_hash FROM audit_leaves WHERE sequence >= ? AND canonical IS NOT NULL ORDER BY sequence';
    const found: LeafRow[] = [];
    for (const row of this.#db.prepare(sql).iterate(from)) {
      const leaf = leafRow.parse(row);
      const content = readLeaf(leaf.canonical);
      if (content && wanted.fits(content)) found.push(leaf);
    }
    return { rows: found, unsearched: Math.min(from, size) - Math.min(edge, size) };
  }

  #indexed(wanted: Wanted, { below, limit }: { below: number; limit: number }): LeafRow[] {
    const { from, values } = this.#from(wanted, 0, below - 1);
    const sql = `SELECT l.sequence, l.canonical, l.leaf_hash ${from} ORDER BY ${key(wanted)} DESC LIMIT @limit`;
    return z.array(leafRow).parse(this.#db.prepare(sql).all({ ...values, limit }));
  }

  #oldest(wanted: Wanted, after: number, edge: number, limit: number): LeafRow[] {
    const { from, values } = this.#from(wanted, after + 1, edge - 1);
    const sql = `SELECT l.sequence, l.canonical, l.leaf_hash ${from} ORDER BY ${key(wanted)} LIMIT @limit`;
    return z.array(leafRow).parse(this.#db.prepare(sql).all({ ...values, limit }));
  }

  #count(wanted: Wanted, edge: number): number {
    const { from, values } = this.#from(wanted, 0, edge - 1);
    const sql = `SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${mostCounted + 1})`;
    return z.number().parse(this.#db.prepare(sql).pluck().get(values));
  }

  /**
   * Tables and conditions of a filter, for sequences from `low` to `high`. The index leads (`CROSS JOIN` keeps SQLite from
   * turning it round), and has one condition on its row ids, which is all that it makes use of.
   */
  #from(wanted: Wanted, low: number, high: number): { from: string; values: Record<string, string | number> } {
    const { match, times } = wanted;
    const hours = times && this.index.range(times);
    const values: Record<string, string | number> = { low: Math.max(low, hours?.low ?? low), high: Math.min(high, hours?.high ?? high) };
    const conditions = [`${key(wanted)} BETWEEN @low AND @high`, 'l.canonical IS NOT NULL'];
    if (times) {
      conditions.push('l.at BETWEEN @from AND @to');
      Object.assign(values, times);
    }
    if (match === null) return { from: `FROM audit_leaves AS l WHERE ${conditions.join(' AND ')}`, values };
    const tables = 'audit_search CROSS JOIN audit_leaves AS l ON l.sequence = audit_search.rowid';
    return { from: `FROM ${tables} WHERE audit_search MATCH @match AND ${conditions.join(' AND ')}`, values: { ...values, match } };
  }
}

function key({ match }: Wanted): string {
  return match === null ? 'l.sequence' : 'audit_search.rowid';
}

/** None for a text that is no leaf any more: `verify` names it, and the others must be found. */
function toEntry({ canonical, leaf_hash }: LeafRow): AuditEntry[] {
  const leaf = readLeaf(canonical);
  return leaf ? [{ ...leaf, leafHash: Buffer.from(leaf_hash).toString('hex') }] : [];
}
