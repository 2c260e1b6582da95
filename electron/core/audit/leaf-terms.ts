import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { WritableDb } from '../vault/database.ts';
import { readLeaf, type LeafContent } from './leaf.ts';
import { LogMac } from './log-mac.ts';
import { leafHash, nodeHash, type Hash } from './merkle.ts';

/** Values by term; a leaf that has one of them is found. */
export type WantedTerms = Partial<Record<Term, readonly string[]>>;
type Term = 'action' | 'subject' | 'case_id';

const terms = ['action', 'subject', 'case_id'] as const satisfies readonly Term[];
const of: Record<Term, (leaf: LeafContent) => string | null> = {
  action: ({ action }) => action,
  subject: ({ subject }) => subject,
  case_id: ({ caseId }) => caseId,
};
/** A block is a complete subtree of this level. */
const blockLevel = 10;
const blockLeaves = 2 ** blockLevel;
const tagBytes = 3;
/** Rows of one term follow each other. */
const blocksPerTerm = 2 ** 32;

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const tagsRow = z.object({ id: z.number(), tags: bytes, mac: bytes, root: bytes });

/**
 * Finds the leaves of an action, on a subject or in a case without reading all, and leaves none out. For every 1024
 * leaves there are three bytes of each leaf's term, written in the transaction that completes them, with a code that only
 * the log can make over them and the root of those leaves. Where a row is missing or is not the log's own, and among the
 * newest leaves, each leaf is looked at itself.
 */
export class LeafTerms {
  readonly #db: WritableDb;
  readonly #mac: LogMac;
  readonly #tags;

  constructor(db: WritableDb, origin: string, privateKey: KeyObject) {
    this.#db = db;
    this.#mac = new LogMac(origin, privateKey, 'terms');
    this.#tags = db.prepare(
      `SELECT t.id, t.tags, t.mac, n.hash AS root FROM audit_terms AS t
       JOIN audit_nodes AS n ON n.level = ${blockLevel} AND n.position = t.id % ${blocksPerTerm} WHERE t.id >= ? AND t.id < ?`,
    );
  }

  /** Takes in a subtree that was completed, inside its transaction. Where a leaf has no text, or one that does not lead to the root, nothing is kept. */
  complete(level: number, index: number, root: Hash): void {
    if (level !== blockLevel) return;
    const sql = 'SELECT canonical FROM audit_leaves WHERE sequence >= ? AND sequence < ? AND canonical IS NOT NULL ORDER BY sequence';
    const texts = z.array(z.string()).parse(
      this.#db
        .prepare(sql)
        .pluck()
        .all(index * blockLeaves, (index + 1) * blockLeaves),
    );
    const leaves = texts.flatMap((text) => readLeaf(text) ?? []);
    const found = rootOver(texts.map((text) => leafHash(Buffer.from(text))));
    if (leaves.length !== blockLeaves || texts.length !== blockLeaves || Buffer.compare(found, root) !== 0) return;
    for (const [place, term] of terms.entries()) {
      const tags = Buffer.alloc(blockLeaves * tagBytes);
      for (const [at, leaf] of leaves.entries()) tags.writeUIntLE(tagOf(of[term](leaf)), at * tagBytes, tagBytes);
      this.#put(place * blocksPerTerm + index, root, tags);
    }
  }

  /** Leaves the log may hold of what is wanted, in order: whoever reads them looks whether they are. */
  find(wanted: WantedTerms): number[] {
    const asked = terms.flatMap((term, place) => (wanted[term] ? [{ place, tags: new Set(wanted[term].map(tagOf)) }] : []));
    const found = new Set<number>();
    const size = z.number().parse(this.#db.prepare('SELECT COALESCE(max(sequence) + 1, 0) FROM audit_leaves').pluck().get());
    /** Of each full block the terms that are known of it, a bit each. */
    const known = new Uint8Array(Math.floor(size / blockLeaves));
    for (const { place, tags } of asked)
      for (const row of this.#own(place * blocksPerTerm, (place + 1) * blocksPerTerm)) {
        const block = row.id % blocksPerTerm;
        if (block >= known.length) continue;
        known[block]! |= 1 << place;
        collect(row.tags, tags, block * blockLeaves, found);
      }
    const all = asked.reduce((bits, { place }) => bits | (1 << place), 0);
    for (const [from, to] of gaps(known, all, size)) for (const each of this.#look(wanted, from, to)) found.add(each);
    return [...found].sort((left, right) => left - right);
  }

  /** Drops what it holds of leaves that lose their text, in the same transaction. */
  forget(leaves: readonly { readonly sequence: number }[]): void {
    for (const [block, gone] of Map.groupBy(leaves, ({ sequence }) => Math.floor(sequence / blockLeaves)))
      for (const place of terms.keys()) {
        const id = place * blocksPerTerm + block;
        const [row] = this.#own(id, id + 1);
        this.#db.prepare('DELETE FROM audit_terms WHERE id = ?').run(id);
        if (!row) continue;
        const tags = Buffer.from(row.tags);
        for (const { sequence } of gone) tags.fill(0, (sequence % blockLeaves) * tagBytes, ((sequence % blockLeaves) + 1) * tagBytes);
        this.#put(id, row.root, tags);
      }
  }

  #put(id: number, root: Hash, tags: Uint8Array): void {
    this.#db.prepare('INSERT OR REPLACE INTO audit_terms (id, tags, mac) VALUES (?, ?, ?)').run(id, tags, this.#mac.of(id, root, tags));
  }

  /** Rows that the log itself wrote. */
  *#own(from: number, to: number): Iterable<z.infer<typeof tagsRow>> {
    for (const each of this.#tags.iterate(from, to)) {
      const row = tagsRow.parse(each);
      if (this.#mac.fits(row.mac, row.id, row.root, row.tags)) yield row;
    }
  }

  #look(wanted: WantedTerms, from: number, to: number): number[] {
    const asked = terms.filter((term) => wanted[term]);
    const conditions = asked.map((term) => `${term} IN (SELECT value FROM json_each(?))`).join(' OR ');
    const values = asked.map((term) => JSON.stringify(wanted[term]));
    const sql = `SELECT sequence FROM audit_leaves NOT INDEXED WHERE sequence >= ? AND sequence < ? AND (${conditions || '0'})`;
    return z.array(z.number()).parse(
      this.#db
        .prepare(sql)
        .pluck()
        .all(from, to, ...values),
    );
  }
}

/** Runs of blocks that not every one of `terms` (a bit each) is known of, and what comes after the last block. */
function* gaps(known: Uint8Array, terms: number, size: number): Iterable<[from: number, to: number]> {
  let from = -1;
  for (let block = 0; block <= known.length; block += 1) {
    const isGap = block < known.length ? known[block] !== terms : block * blockLeaves < size;
    if (isGap && from < 0) from = block * blockLeaves;
    if (from >= 0 && (!isGap || block === known.length)) {
      yield [from, Math.min(block === known.length ? size : block * blockLeaves, size)];
      from = -1;
    }
  }
}

function collect(tags: Uint8Array, wanted: ReadonlySet<number>, first: number, found: Set<number>): void {
  for (let at = 0, sequence = first; at < tags.length; at += tagBytes, sequence += 1) {
    const tag = (tags[at] ?? 0) | ((tags[at + 1] ?? 0) << 8) | ((tags[at + 2] ?? 0) << 16);
    if (wanted.has(tag)) found.add(sequence);
  }
}

/** 24 bits of FNV-1a; 0 for nothing. Texts that share one only cost a look. */
function tagOf(text: string | null): number {
  if (text === null) return 0;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return ((hash >>> 8) ^ (hash & 0xff)) & 0xffffff || 1;
}

function rootOver(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, at) => nodeHash(row[2 * at]!, row[2 * at + 1]!));
  return row[0] ?? new Uint8Array();
}
