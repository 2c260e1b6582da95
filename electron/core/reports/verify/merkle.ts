import { concat, fromHex, sha256Hex, type Bytes } from './bytes.ts';

/**
 * Checks RFC 6962 proofs; hashes are hexadecimal texts. Proofs of neighbours share most of their nodes, and WebCrypto is
 * slow on small texts, so every node is hashed once.
 */
export class TreeCheck {
  readonly #nodes = new Map<string, string>();

  leafHash(data: Bytes): Promise<string> {
    return sha256Hex(concat(Uint8Array.of(0), data));
  }

  /** The root that `leaf` at `index` and its audit path lead to, or null if the path does not fit the tree's shape (RFC 9162, section 2.1.3.2). */
  async rootFromInclusion(leaf: string, index: number, size: number, path: readonly string[]): Promise<string | null> {
    if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
    let node = index;
    let last = size - 1;
    let hash = leaf;
    for (const sibling of path) {
      if (last === 0) return null;
      if (node % 2 === 1 || node === last) {
        hash = await this.#node(sibling, hash);
        while (node % 2 === 0 && node !== 0) {
          node /= 2;
          last = Math.floor(last / 2);
        }
      } else {
        hash = await this.#node(hash, sibling);
      }
      node = Math.floor(node / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 ? hash : null;
  }

  /** Does the tree of `size` leaves under `root` begin with that of `first` leaves under `firstRoot` (RFC 9162, section 2.1.4.2)? */
  async continues(first: number, firstRoot: string, size: number, root: string, proof: readonly string[]): Promise<boolean> {
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(size) || first < 1 || first > size) return false;
    if (first === size) return proof.length === 0 && firstRoot === root;
    let node = first - 1;
    let last = size - 1;
    while (node % 2 === 1) {
      node = Math.floor(node / 2);
      last = Math.floor(last / 2);
    }
    // A power of two of leaves is a node of the later tree and not repeated in the proof.
    const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : [...proof];
    const start = path.shift();
    if (start === undefined) return false;
    let [old, now] = [start, start];
    for (const sibling of path) {
      if (last === 0) return false;
      if (node % 2 === 1 || node === last) {
        old = await this.#node(sibling, old);
        now = await this.#node(sibling, now);
        while (node % 2 === 0 && node !== 0) {
          node /= 2;
          last = Math.floor(last / 2);
        }
      } else {
        now = await this.#node(now, sibling);
      }
      node = Math.floor(node / 2);
      last = Math.floor(last / 2);
    }
    return last === 0 && old === firstRoot && now === root;
  }

  async #node(left: string, right: string): Promise<string> {
    const both = left + right;
    const found = this.#nodes.get(both);
    if (found !== undefined) return found;
    const hashed = await sha256Hex(concat(Uint8Array.of(1), fromHex(both)));
    this.#nodes.set(both, hashed);
    return hashed;
  }
}
