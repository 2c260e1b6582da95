import { createHash } from 'node:crypto';

/** What one prune took: how many leaves, and SHA-256 over their hashes in order. */
export type Taken = { readonly count: number; readonly stubs: string };

const hashBytes = 32;

/** Counts and hashes the stubs of pruned leaves by the leaf that tells of them. */
export class Stubs {
  readonly #notes = new Map<number, { count: number; hash: ReturnType<typeof createHash> }>();
  count = 0;

  /** Hashes of one or more leaves, one after the other; in the order of the log. */
  add(note: number, hashes: Uint8Array): void {
    const { count, hash } = this.#notes.get(note) ?? { count: 0, hash: createHash('sha256') };
    const more = hashes.length / hashBytes;
    hash.update(hashes);
    this.#notes.set(note, { count: count + more, hash });
    this.count += more;
  }

  taken(): Map<number, Taken> {
    return new Map([...this.#notes].map(([note, { count, hash }]) => [note, { count, stubs: hash.copy().digest('hex') }]));
  }
}
