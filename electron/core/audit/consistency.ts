import { emptyRoot, nodeHash, rangeHash, splitPoint, type Hash, type NodeReader } from './merkle.ts';

/** Proof that the tree of `first` leaves is the beginning of that of `second` (RFC 9162, section 2.1.4.1). */
export function consistencyProof(read: NodeReader, first: number, second: number): Hash[] {
  if (first <= 0 || first >= second) return [];
  const path: Hash[] = [];
  let [start, end] = [0, second];
  // Whether the subtree [start, end) began as the whole of the smaller tree, whose root the checker knows.
  let whole = true;
  while (first !== end) {
    const middle = start + splitPoint(end - start);
    if (first <= middle) {
      path.push(rangeHash(read, middle, end));
      end = middle;
    } else {
      path.push(rangeHash(read, start, middle));
      start = middle;
      whole = false;
    }
  }
  if (!whole) path.push(rangeHash(read, start, end));
  return path.toReversed();
}

/**
 * The two roots that a consistency proof leads to from the root of the smaller tree, or null where it does not fit the
 * shape of the trees (RFC 9162, section 2.1.4.2). The proof holds if they are the roots of the two heads.
 */
export function rootsFromConsistency(
  first: number,
  second: number,
  firstRoot: Hash,
  path: readonly Hash[],
): { first: Hash; second: Hash } | null {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(second) || first < 1 || first >= second) return null;
  const [begin, ...rest] = Number.isInteger(Math.log2(first)) ? [firstRoot, ...path] : path;
  if (!begin || path.length === 0) return null;
  let [node, last] = halvedWhile(first - 1, second - 1, (each) => each % 2 === 1);
  let [older, newer] = [begin, begin];
  for (const hash of rest) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      older = nodeHash(hash, older);
      newer = nodeHash(hash, newer);
      [node, last] = halvedWhile(node, last, (each) => each % 2 === 0 && each !== 0);
    } else newer = nodeHash(newer, hash);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { first: older, second: newer } : null;
}

function halvedWhile(node: number, last: number, condition: (node: number) => boolean): [node: number, last: number] {
  return condition(node) ? halvedWhile(Math.floor(node / 2), Math.floor(last / 2), condition) : [node, last];
}

type Head = { readonly size: number; readonly root: Hash };

/** Whether the proof shows that `newer` begins with all of `older`. */
export function isConsistent(older: Head, newer: Head, path: readonly Hash[]): boolean {
  if (older.size === 0) return path.length === 0 && same(older.root, emptyRoot);
  if (older.size === newer.size) return path.length === 0 && same(older.root, newer.root);
  const roots = rootsFromConsistency(older.size, newer.size, older.root, path);
  return roots !== null && same(roots.first, older.root) && same(roots.second, newer.root);
}

function same(a: Hash, b: Hash): boolean {
  return Buffer.compare(a, b) === 0;
}
