import { hash } from 'node:crypto';
import { z } from 'zod';
import type { WritableDb } from '../../vault/database.ts';

/** A segment is 1024 leaves that follow each other and begin at a multiple of 1024. */
export const segmentLevel = 10;
export const segmentLeaves = 2 ** segmentLevel;
const hashBytes = 32;

/** Hashes (one after the other) of the leaves that lost their text by the prune that the leaf `note` tells of. */
export type PrunedLeaves = { readonly note: number; readonly hashes: Uint8Array };
export type SegmentRoot = { readonly root: Uint8Array; readonly pruned: readonly PrunedLeaves[] };

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array).nullable();
const row = z.tuple([z.number(), z.number(), z.number(), z.number(), bytes, bytes]);
const joinedRow = z.tuple([z.number(), bytes]);
const prunedRows = z.array(z.tuple([z.number(), z.instanceof(Uint8Array)]));

const leaves = `(SELECT sequence, canonical, leaf_hash, pruned_by FROM audit_leaves WHERE sequence >= ? AND sequence < ? ORDER BY sequence)`;
const joined = (hashes: string) => `CAST(group_concat(CAST(${hashes} AS TEXT), '') AS BLOB)`;
/** Rows that have a place of their own and a hash of its length: joined, hashes do not say where one ends. */
const sound = (place: string, hashes: string) => `min(count(DISTINCT ${place}), total(length(${hashes}) = ${hashBytes}))`;
/** A zero byte begins what is hashed of a leaf (RFC 6962), and no leaf's text holds one: so it may part the texts too. */
const texts = `CAST(char(0) || group_concat(canonical, char(0)) AS BLOB)`;
/** The same with nothing after the zero byte of a leaf without text. */
const textsWithGaps = `CAST(group_concat(char(0) || COALESCE(canonical, ''), '') AS BLOB)`;

/** Reads segments of the log through one connection, a few milliseconds each, and hashes them. */
export class SegmentCheck {
  readonly #statements;

  constructor(db: WritableDb) {
    this.#statements = {
      segment: db
        .prepare(
          `SELECT count(*), ${sound('sequence', 'leaf_hash')}, count(canonical), count(pruned_by), ${texts}, ${joined('leaf_hash')} FROM ${leaves}`,
        )
        .raw(),
      gaps: db
        .prepare(
          `SELECT count(*), ${textsWithGaps} FROM ${leaves} WHERE (canonical IS NULL) = (pruned_by IS NOT NULL) AND canonical IS NOT ''`,
        )
        .raw(),
      pruned: db.prepare(`SELECT pruned_by, leaf_hash FROM ${leaves} WHERE pruned_by IS NOT NULL`).raw(),
      nodes: db
        .prepare(
          `SELECT ${sound('position', 'hash')}, ${joined('hash')}
           FROM (SELECT position, hash FROM audit_nodes WHERE level = ? AND position >= ? AND position < ? ORDER BY position)`,
        )
        .raw(),
    };
  }

  /** The root of segment `index`, or null where a text, a hash or a node is missing or does not fit the others. */
  rootOf(index: number): SegmentRoot | null {
    const range = [index * segmentLeaves, (index + 1) * segmentLeaves] as const;
    const [count, sound, written, pruned, found, hashes] = row.parse(this.#statements.segment.get(...range));
    if (count !== segmentLeaves || sound !== count || hashes?.length !== segmentLeaves * hashBytes) return null;
    const isWhole = written === segmentLeaves && pruned === 0;
    const [odd, stored] = isWhole ? [0, found] : this.#gaps(range);
    if (odd > 0 || !stored || !fit(Buffer.from(stored.buffer, stored.byteOffset, stored.length), hashes, !isWhole)) return null;
    const root = this.#root(index, hashes);
    return root && { root, pruned: isWhole ? [] : this.#pruned(range) };
  }

  /** The node over all, where those between it and the leaves are as they are stored. */
  #root(index: number, hashes: Uint8Array): Uint8Array | null {
    let below = hashes;
    const pair = new Uint8Array(1 + 2 * hashBytes);
    pair[0] = 1;
    for (let level = 1; level <= segmentLevel; level += 1) {
      const nodes = Buffer.allocUnsafe(below.length / 2);
      for (let at = 0; at < nodes.length; at += hashBytes) {
        pair.set(below.subarray(2 * at, 2 * at + 2 * hashBytes), 1);
        writeHash(nodes, at, pair);
      }
      const width = segmentLeaves / 2 ** level;
      const [count, stored] = joinedRow.parse(this.#statements.nodes.get(level, index * width, (index + 1) * width));
      if (count !== width || !stored || Buffer.compare(nodes, stored) !== 0) return null;
      below = nodes;
    }
    return below;
  }

  /** How many leaves are neither whole nor pruned as one is, and the texts of the others. */
  #gaps(range: readonly [number, number]): readonly [odd: number, stored: Uint8Array | null] {
    const [count, stored] = joinedRow.parse(this.#statements.gaps.get(...range));
    return [segmentLeaves - count, stored];
  }

  #pruned(range: readonly [number, number]): PrunedLeaves[] {
    const byNote = Map.groupBy(prunedRows.parse(this.#statements.pruned.all(...range)), ([note]) => note);
    return [...byNote].map(([note, rows]) => ({ note, hashes: Buffer.concat(rows.map(([, leafHash]) => leafHash)) }));
  }
}

/** As text of one character a byte: as bytes, each hash would be a piece of memory of its own, and take three times as long. */
function writeHash(to: Buffer, at: number, data: Uint8Array): void {
  to.write(hash('sha256', data, 'binary'), at, 'latin1');
}

/** Is each hash that of its text? There must be as many texts as hashes: one that holds a zero byte would be two. */
function fit(stored: Buffer, hashes: Uint8Array, mayHaveGaps: boolean): boolean {
  const found = Buffer.from(hashes);
  let start = 0;
  for (let at = 0; at < found.length; at += hashBytes) {
    if (stored[start] !== 0) return false;
    const next = stored.indexOf(0, start + 1);
    const end = next === -1 ? stored.length : next;
    if (end > start + 1) writeHash(found, at, stored.subarray(start, end));
    else if (!mayHaveGaps) return false;
    start = end;
  }
  return start === stored.length && Buffer.compare(found, hashes) === 0;
}
