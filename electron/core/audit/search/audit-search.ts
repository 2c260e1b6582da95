import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { AuditEntry } from '../../contract/audit.ts';
import type { WritableDb } from '../../vault/database.ts';
import { readLeaf } from '../leaf.ts';
import { Wanted, type LeafFilter } from './filter.ts';
import { SearchIndex } from './search-index.ts';
import { indexLimits, leafLimits, type Window, type WindowLimits } from './windows.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const leafRow = z.object({ sequence: z.number(), canonical: z.string(), leaf_hash: bytes });
type LeafRow = z.infer<typeof leafRow>;

/** `unsearched`: entries that the index does not have yet and that were not looked at one by one either. */
export type Found = { entries: AuditEntry[]; total: number; more: boolean; unsearched: number };
export type Page = { readonly before?: number | undefined; readonly limit: number };

/** Of windows for the index and for leaves alone; so many leaves are looked at themselves rather than asking the index. */
type Limits = { readonly index: WindowLimits; readonly leaves: WindowLimits; readonly looks: number };

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
  readonly #limits: Limits;

  constructor(db: WritableDb, limits: Limits = { index: indexLimits, leaves: leafLimits, looks: 250 }) {
    this.#db = db;
    this.#limits = limits;
    this.index = new SearchIndex(db);
  }

  /** Newest first. `total` counts all that fit whatever `before` says, up to a bound: `more` says that there are more. */
  list(filter: LeafFilter, page: Page): Found {
    const steps = this.#steps(filter, page);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** The same, others getting their turn in between where times were asked for and the clock was set about. */
  async inTurns(filter: LeafFilter, page: Page, signal?: AbortSignal): Promise<Found> {
    const steps = this.#steps(filter, page);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      await setImmediate(undefined, { signal });
    }
  }

  /** No statement is open between two steps, so that the vault can be written to. */
  *#steps(filter: LeafFilter, { before = Number.MAX_SAFE_INTEGER, limit }: Page): Generator<void, Found> {
    const wanted = new Wanted(filter);
    if (wanted.nothing) return { entries: [], total: 0, more: false, unsearched: 0 };
    // Without any filter the log itself answers.
    const edge = wanted.everything ? Number.MAX_SAFE_INTEGER : this.index.catchUp(caughtUpAtOnce);
    const { rows: newer, unsearched } = this.#unindexed(wanted, edge);
    const newest = yield* this.#indexed(wanted, { below: edge, most: mostCounted + 1 });
    const counted = newer.length + newest.length;
    const rows = newer.filter(({ sequence }) => sequence < before).toReversed();
    let older = newest.filter((sequence) => sequence < before);
    if (rows.length + older.length < limit && newest.length > mostCounted)
      older = yield* this.#indexed(wanted, { below: Math.min(edge, before), most: limit });
    rows.push(...this.#rowsAt(older.slice(0, Math.max(0, limit - rows.length))).toReversed());
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
    return this.#rowsAt(sequences).flatMap(toEntry);
  }

  #rowsAt(sequences: readonly number[]): LeafRow[] {
    const sql = `SELECT sequence, canonical, leaf_hash FROM audit_leaves
      WHERE sequence IN (SELECT value FROM json_each(?)) AND canonical IS NOT NULL ORDER BY sequence`;
    return z.array(leafRow).parse(this.#db.prepare(sql).all(JSON.stringify(sequences)));
  }

  /** Leaves from `edge` on, which the index does not have; where they are many, the newest of them. */
  #unindexed(wanted: Wanted, edge: number): { rows: LeafRow[]; unsearched: number } {
    const size = z.number().parse(this.#db.prepare('SELECT COALESCE(max(sequence) + 1, 0) FROM audit_leaves').pluck().get());
    const from = Math.max(edge, size - lookedAtOnce);
    return { rows: this.#look(wanted, { low: from, high: size - 1 }), unsearched: Math.min(from, size) - Math.min(edge, size) };
  }

  /** What fits, oldest first, by looking at each leaf. */
  #look(wanted: Wanted, { low, high }: Window): LeafRow[] {
    const sql = `SELECT sequence, canonical, leaf_hash FROM audit_leaves
      WHERE sequence BETWEEN ? AND ? AND canonical IS NOT NULL ORDER BY sequence`;
    const found: LeafRow[] = [];
    for (const row of this.#db.prepare(sql).iterate(low, high)) {
      const leaf = leafRow.parse(row);
      const content = readLeaf(leaf.canonical);
      if (content && wanted.fits(content)) found.push(leaf);
    }
    return found;
  }

  /** Sequences of what fits, newest first. */
  *#indexed(wanted: Wanted, { below, most }: { below: number; most: number }): Generator<void, number[]> {
    const find = this.#db.prepare(`SELECT l.sequence ${from(wanted)} ORDER BY ${key(wanted)} DESC LIMIT @limit`).pluck();
    const found: number[] = [];
    for (const window of this.#windows(wanted, below)) {
      const isQuicklyLookedAt = wanted.match !== null && wanted.times !== null && window.high - window.low < this.#limits.looks;
      if (isQuicklyLookedAt)
        found.push(
          ...this.#look(wanted, window)
            .map(({ sequence }) => sequence)
            .toReversed(),
        );
      else found.push(...z.array(z.number()).parse(find.all({ ...wanted.values, ...window, limit: most - found.length })));
      if (found.length >= most) break;
      yield;
    }
    return found.slice(0, most);
  }

  #oldest(wanted: Wanted, after: number, edge: number, limit: number): LeafRow[] {
    const sql = `SELECT l.sequence, l.canonical, l.leaf_hash ${from(wanted)} ORDER BY ${key(wanted)} LIMIT @limit`;
    return z.array(leafRow).parse(this.#db.prepare(sql).all({ ...wanted.values, low: after + 1, high: edge - 1, limit }));
  }

  /** Where to look for what is wanted, newest first. */
  #windows({ times, match }: Wanted, below: number): Iterable<Window> {
    const all = { low: 0, high: below - 1 };
    return times ? this.index.hours.windows(times, all, match === null ? this.#limits.leaves : this.#limits.index) : [all];
  }
}

/**
 * Tables and conditions of a filter, for sequences from `@low` to `@high`. The index leads (`CROSS JOIN` keeps SQLite from
 * turning it round), and has one condition on its row ids, which is all that it makes use of.
 */
function from(wanted: Wanted): string {
  const { match, times } = wanted;
  const conditions = [`${key(wanted)} BETWEEN @low AND @high`, 'l.canonical IS NOT NULL'];
  if (times) conditions.push('l.at BETWEEN @from AND @to');
  if (match === null) return `FROM audit_leaves AS l WHERE ${conditions.join(' AND ')}`;
  const tables = 'audit_search CROSS JOIN audit_leaves AS l ON l.sequence = audit_search.rowid';
  return `FROM ${tables} WHERE audit_search MATCH @match AND ${conditions.join(' AND ')}`;
}

function key({ match }: Wanted): string {
  return match === null ? 'l.sequence' : 'audit_search.rowid';
}

/** None for a text that is no leaf any more: `verify` names it, and the others must be found. */
function toEntry({ canonical, leaf_hash }: LeafRow): AuditEntry[] {
  const leaf = readLeaf(canonical);
  return leaf ? [{ ...leaf, leafHash: Buffer.from(leaf_hash).toString('hex') }] : [];
}
