import { hash as digest } from 'node:crypto';

/** 32 bytes, SHA-256. */
export type Hash = Uint8Array;

const [leafPrefix, nodePrefix] = [Uint8Array.of(0), Uint8Array.of(1)];

/** As text of one character a byte first: given as bytes, each hash would be a piece of memory of its own, and take three times as long. */
function sha256(data: Uint8Array): Buffer {
  return Buffer.from(digest('sha256', data, 'binary'), 'latin1');
}

/**
 * Reads a complete subtree's hash: `level` 0 holds the leaves, level l the nodes over 2^l leaves, `index` counts from
 * the left. It is asked only for subtrees that lie wholly inside the tree.
 */
export type NodeReader = (level: number, index: number) => Hash;

/** Hash of a leaf: SHA-256(0x00 ‖ data) (RFC 6962, section 2.1). */
export function leafHash(data: Uint8Array): Hash {
  return sha256(Buffer.concat([leafPrefix, data]));
}

/** Hash of a node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(Buffer.concat([nodePrefix, left, right]));
}

/** Root of the empty tree: SHA-256 of nothing. */
export const emptyRoot: Hash = sha256(Buffer.alloc(0));

/** Root over the first `size` leaves in O(log size) reads. */
export function rootOf(read: NodeReader, size: number): Hash {
  return size === 0 ? emptyRoot : rangeHash(read, 0, size);
}

/** Hash over the leaves [start, end), where `start` is a multiple of the smallest power of two ≥ end - start. */
export function rangeHash(read: NodeReader, start: number, end: number): Hash {
  const size = end - start;
  const split = splitPoint(size);
  // A power of two of aligned leaves is a stored subtree.
  if (size === 1 || split * 2 === size) return read(Math.log2(size), start / size);
  return nodeHash(rangeHash(read, start, start + split), rangeHash(read, start + split, end));
}

/** The largest power of two below `size` (size ≥ 2), where RFC 6962 divides a tree. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The subtrees, lowest first, that appending leaf `sequence` makes complete. */
export function completedBy(sequence: number): { level: number; index: number }[] {
  const completed = [];
  for (let level = 1, index = sequence; index % 2 === 1; level += 1) {
    index = (index - 1) / 2;
    completed.push({ level, index });
  }
  return completed;
}

/** Audit path of leaf `index` in the tree of `size` leaves, nearest sibling first (RFC 6962, section 2.1.1). */
export function inclusionProof(read: NodeReader, index: number, size: number): Hash[] {
  const path: Hash[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push(rangeHash(read, middle, end));
      end = middle;
    } else {
      path.push(rangeHash(read, start, middle));
      start = middle;
    }
  }
  return path.toReversed();
}

/** The root that `leaf` at `index` and its audit path lead to, or null if the path does not fit the tree's shape (RFC 9162, section 2.1.3.2). */
export function rootFromInclusion(leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}
