import { createHash } from 'node:crypto';
import type { Hash } from '../merkle.ts';

/** What one prune took: how many leaves, and SHA-256 over their hashes in order. */
export type Taken = { readonly count: number; readonly stubs: string };

/** Counts and hashes the stubs of pruned leaves by the leaf that tells of them. */
export class Stubs {
  readonly #notes = new Map<number, { count: number; hash: ReturnType<typeof createHash> }>();
  count = 0;

  /** In the order of the log. */
  add(note: number, leafHash: Hash): void {
    const { count, hash } = this.#notes.get(note) ?? { count: 0, hash: createHash('sha256') };
    hash.update(leafHash);
    this.#notes.set(note, { count: count + 1, hash });
    this.count += 1;
  }

  taken(): Map<number, Taken> {
    return new Map([...this.#notes].map(([note, { count, hash }]) => [note, { count, stubs: hash.copy().digest('hex') }]));
  }
}
