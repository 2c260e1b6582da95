import { emptyRoot, nodeHash, type Hash } from './merkle.ts';

/** The roots of the complete subtrees that a tree consists of, largest first: one for each bit of its size that is set. */
export type Edge = readonly Hash[];

const hashBytes = 32;

/** Root of the tree. */
export function rootOfEdge(edge: Edge): Hash {
  return edge.length === 0 ? emptyRoot : edge.reduceRight((right, left) => nodeHash(left, right));
}

/** How many subtrees a tree of this size has at its edge. */
export function edgeLength(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/** As it is stored, one after the other. */
export function packEdge(edge: Edge): Uint8Array {
  return Buffer.concat(edge);
}

/** Null where the bytes are no edge of a tree of this size. */
export function unpackEdge(bytes: Uint8Array, size: number): Hash[] | null {
  const length = edgeLength(size);
  if (bytes.length !== length * hashBytes) return null;
  return Array.from({ length }, (_, index) => bytes.subarray(index * hashBytes, (index + 1) * hashBytes));
}
