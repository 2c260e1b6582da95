import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consistencyProof, isConsistent } from './consistency.ts';
import { leafHash, nodeHash, rootOf, type Hash, type NodeReader } from './merkle.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962 section 2.1 and 2.1.2, word for word over the raw leaves: the independent reference. */
function mth(data: readonly Uint8Array[]): Buffer {
  if (data.length === 0) return sha256();
  if (data.length === 1) return sha256(Buffer.from([0]), data[0] ?? Buffer.alloc(0));
  const k = 2 ** Math.ceil(Math.log2(data.length) - 1);
  return sha256(Buffer.from([1]), mth(data.slice(0, k)), mth(data.slice(k)));
}
function proof(m: number, data: readonly Uint8Array[]): Buffer[] {
  return subproof(m, data, true);
}
function subproof(m: number, data: readonly Uint8Array[], b: boolean): Buffer[] {
  if (m === data.length) return b ? [] : [mth(data)];
  const k = 2 ** Math.ceil(Math.log2(data.length) - 1);
  return m <= k
    ? [...subproof(m, data.slice(0, k), b), mth(data.slice(k))]
    : [...subproof(m - k, data.slice(k), false), mth(data.slice(0, k))];
}

/** Hashes of complete subtrees, recomputed from the leaves every time. */
function reader(data: readonly Uint8Array[]): NodeReader {
  const read = (level: number, index: number): Hash => {
    const leaf = data[index];
    if (level === 0 && leaf) return leafHash(leaf);
    if ((index + 1) * 2 ** level > data.length) throw new Error(`subtree ${level}/${index} is not complete`);
    return nodeHash(read(level - 1, index * 2), read(level - 1, index * 2 + 1));
  };
  return read;
}

const leaves = (count: number) => Array.from({ length: count }, (_, each) => Buffer.from(`leaf ${each}`));

test('every proof between all sizes up to 40 is that of RFC 6962 and holds', () => {
  const data = leaves(40);
  const read = reader(data);
  for (let second = 1; second <= data.length; second += 1)
    for (let first = 1; first <= second; first += 1) {
      const path = consistencyProof(read, first, second);
      expect(path).toEqual(proof(first, data.slice(0, second)));
      expect(isConsistent({ size: first, root: rootOf(read, first) }, { size: second, root: rootOf(read, second) }, path)).toBe(true);
    }
});

test('no proof holds for another root, another size, a missing, added, exchanged or turned hash', () => {
  const data = leaves(70);
  const read = reader(data);
  const other = reader([Buffer.from('other'), ...data.slice(1)]);
  const flip = (hash: Hash, bit: number) => {
    const bytes = Buffer.from(hash);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return bytes;
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 69 }), fc.nat(), fc.nat(), fc.nat(255), (first, above, place, bit) => {
      const second = first + 1 + (above % (70 - first));
      const [older, newer] = [first, second].map((size) => ({ size, root: rootOf(read, size) })) as [{ size: number; root: Hash }, never];
      const path = consistencyProof(read, first, second);
      const at = place % path.length;
      const holds = (o: typeof older, n: typeof older, p: readonly Hash[]) => isConsistent(o, n, p);
      expect(holds(older, newer, path)).toBe(true);
      const bad: (readonly Hash[])[] = [
        path.slice(1),
        path.slice(0, -1),
        [...path, path[at] ?? older.root],
        path.map((hash, each) => (each === at ? flip(hash, bit) : hash)),
        ...(path.length > 1 ? [path.toReversed()] : []),
      ];
      for (const each of bad) expect(holds(older, newer, each)).toBe(false);
      expect(holds({ ...older, root: flip(older.root, bit) }, newer, path)).toBe(false);
      expect(holds(older, { size: second, root: flip(rootOf(read, second), bit) }, path)).toBe(false);
      expect(holds({ ...older, root: rootOf(other, first) }, newer, path)).toBe(false);
      expect(holds({ ...older, size: first + 1 === second ? first + 2 : first + 1 }, newer, path)).toBe(false);
    }),
    { numRuns: 300 },
  );
});
