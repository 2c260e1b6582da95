import { rootOfEdge, type Edge } from '../edge.ts';
import { completedBy, emptyRoot, nodeHash, type Hash } from '../merkle.ts';

/** A complete subtree above the leaves. */
export type Subtree = { readonly level: number; readonly index: number; readonly hash: Hash };

/** The complete subtrees at the right edge of a growing tree. */
export class Frontier {
  size = 0;
  readonly #edge: Hash[] = [];

  /** Adds a leaf and returns the subtrees it completes. */
  add(leaf: Hash): Subtree[] {
    return this.addTree(0, leaf);
  }

  /** Adds a complete subtree of 2^level leaves, of which the size is a multiple, and returns those it completes. */
  addTree(level: number, root: Hash): Subtree[] {
    let hash = root;
    const done = completedBy(this.size / 2 ** level).map((above) => {
      hash = nodeHash(this.#edge.pop() ?? emptyRoot, hash);
      return { level: level + above.level, index: above.index, hash };
    });
    this.#edge.push(hash);
    this.size += 2 ** level;
    return done;
  }

  /** Fills a gap with a hash that no leaf has, so that the rest keeps its places. */
  skipTo(size: number): void {
    while (this.size < size) this.add(emptyRoot);
  }

  get edge(): Edge {
    return this.#edge;
  }

  root(): Hash {
    return rootOfEdge(this.#edge);
  }
}

export function same(a: Hash | null, b: Hash | null): boolean {
  return a !== null && b !== null && Buffer.compare(a, b) === 0;
}
