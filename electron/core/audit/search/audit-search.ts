import { z } from 'zod';
import type { AuditEntry } from '../../contract/audit.ts';
import type { WritableDb } from '../../vault/database.ts';
import { parseLeaf } from '../leaf.ts';
import { Wanted, type LeafFilter } from './filter.ts';
import { SearchIndex } from './search-index.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const leafRow = z.object({ sequence: z.number(), canonical: z.string(), leaf_hash: bytes });
type LeafRow = z.infer<typeof leafRow>;

export type Found = { entries: AuditEntry[]; total: number; more: boolean };
export type Page = { readonly before?: number | undefined; readonly limit: number };

/** More are not counted: nobody reads them one by one, and counting takes time. */
const mostCounted = 10_000;
/** So many leaves are brought into the index by the search itself; what is left is looked through one by one. */
const caughtUpAtOnce = 2_000;

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
    const edge = this.index.catchUp(caughtUpAtOnce);
    if (wanted.nothing) return { entries: [], total: 0, more: false };
    const newer = this.#unindexed(wanted, edge);
    const rows = newer.filter(({ sequence }) => sequence < before).toReversed();
    if (rows.length < limit) rows.push(...this.#indexed(wanted, { below: Math.min(edge, before), limit: limit - rows.length }));
    const counted = newer.length + this.#count(wanted, edge);
    return { entries: rows.slice(0, limit).map(toEntry), total: Math.min(counted, mostCounted), more: counted > mostCounted };
  }

  /** Everything that names an id anywhere, oldest first; entries after the sequence `after`. */
  life(id: string, { after = -1, limit }: { after?: number | undefined; limit: number }): { entries: AuditEntry[]; more: boolean } {
    const wanted = new Wanted({ search: id }, true);
    const edge = this.index.catchUp(caughtUpAtOnce);
    if (wanted.match === null) return { entries: [], more: false };
    const rows = this.#oldest(wanted, after, edge, limit + 1);
    if (rows.length <= limit) rows.push(...this.#unindexed(wanted, edge).filter(({ sequence }) => sequence > after));
    return { entries: rows.slice(0, limit).map(toEntry), more: rows.length > limit };
  }

  /** Leaves from `edge` on, which the index does not have. */
  #unindexed(wanted: Wanted, edge: number): LeafRow[] {
    const sql = 'SELECT sequence, canonical, leaf_hash FROM audit_leaves WHERE sequence >= ? AND canonical IS NOT NULL ORDER BY sequence';
    const found: LeafRow[] = [];
    for (const row of this.#db.prepare(sql).iterate(edge)) {
      const leaf = leafRow.parse(row);
      if (wanted.fits(parseLeaf(leaf.canonical))) found.push(leaf);
    }
    return found;
  }

  #indexed(wanted: Wanted, { below, limit }: { below: number; limit: number }): LeafRow[] {
    const { from, values } = this.#from(wanted);
    const sql = `SELECT l.sequence, l.canonical, l.leaf_hash ${from} AND ${key(wanted)} < @below ORDER BY ${key(wanted)} DESC LIMIT @limit`;
    return z.array(leafRow).parse(this.#db.prepare(sql).all({ ...values, below, limit }));
  }

  #oldest(wanted: Wanted, after: number, edge: number, limit: number): LeafRow[] {
    const { from, values } = this.#from(wanted);
    const sql = `SELECT l.sequence, l.canonical, l.leaf_hash ${from}
      AND ${key(wanted)} > @after AND ${key(wanted)} < @edge ORDER BY ${key(wanted)} LIMIT @limit`;
    return z.array(leafRow).parse(this.#db.prepare(sql).all({ ...values, after, edge, limit }));
  }

  #count(wanted: Wanted, edge: number): number {
    const { from, values } = this.#from(wanted);
    const sql = `SELECT count(*) FROM (SELECT 1 ${from} AND ${key(wanted)} < @edge LIMIT ${mostCounted + 1})`;
    return z.number().parse(
      this.#db
        .prepare(sql)
        .pluck()
        .get({ ...values, edge }),
    );
  }

  /** The tables and conditions of a filter. The index leads: `CROSS JOIN` keeps SQLite from turning it round. */
  #from(wanted: Wanted): { from: string; values: Record<string, string | number> } {
    const { match, times } = wanted;
    const conditions: string[] = [];
    const values: Record<string, string | number> = {};
    if (match !== null) {
      conditions.push('audit_search MATCH @match');
      values['match'] = match;
    }
    if (times) {
      const { low, high } = this.index.range(times);
      conditions.push(`${key(wanted)} BETWEEN @low AND @high AND l.at BETWEEN @from AND @to`);
      Object.assign(values, { low, high, ...times });
    }
    conditions.push('l.canonical IS NOT NULL');
    const tables = match === null ? 'audit_leaves AS l' : 'audit_search CROSS JOIN audit_leaves AS l ON l.sequence = audit_search.rowid';
    return { from: `FROM ${tables} WHERE ${conditions.join(' AND ')}`, values };
  }
}

function key({ match }: Wanted): string {
  return match === null ? 'l.sequence' : 'audit_search.rowid';
}

function toEntry({ canonical, leaf_hash }: LeafRow): AuditEntry {
  return { ...parseLeaf(canonical), leafHash: Buffer.from(leaf_hash).toString('hex') };
}
