import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consistencyProof } from '../../audit/consistency.ts';
import { inclusionProof, leafHash, nodeHash, rootOf, type Hash, type NodeReader } from '../../audit/merkle.ts';
import { fromText, own, toHex } from './bytes.ts';
import { continues, leafHash as hashOf, rootsFromInclusion } from './merkle.ts';

const leaves = Array.from({ length: 70 }, (_, index) => `leaf ${index}`);
const read: NodeReader = (level, index): Hash =>
  level === 0 ? leafHash(Buffer.from(leaves[index] ?? '')) : nodeHash(read(level - 1, index * 2), read(level - 1, index * 2 + 1));
const hex = (hash: Hash) => toHex(own(hash));

test('inclusion proofs of the log hold, and nothing else does', async () => {
  const rootOfOne = async (leaf: string, index: number, size: number, path: readonly string[]) =>
    (await rootsFromInclusion([{ leafHash: leaf, index, path }], size))[0];
  for (const size of [1, 2, 3, 5, 8, 13, 31, 32, 33, 70]) {
    const root = hex(rootOf(read, size));
    const all = Array.from({ length: size }, (_, index) => ({
      leafHash: hex(read(0, index)),
      index,
      path: inclusionProof(read, index, size).map(hex),
    }));
    expect(await rootsFromInclusion(all, size)).toEqual(all.map(() => root));
    // One that is wrong among many is the only one that is.
    const at = size >> 1;
    const forged = all.map((each, index) => (index === at ? { ...each, leafHash: hex(leafHash(Buffer.from('forged'))) } : each));
    expect((await rootsFromInclusion(forged, size)).map((found) => found === root)).toEqual(all.map((_, index) => index !== at));
  }
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.nat(69), fc.nat(69), async (size, at, other) => {
      const index = at % size;
      const leaf = await hashOf(fromText(leaves[index] ?? ''));
      const proof = inclusionProof(read, index, size).map(hex);
      const root = hex(rootOf(read, size));
      expect(await rootOfOne(leaf, index, size, proof)).toBe(root);
      const wrong = other % size;
      if (wrong !== index) expect(await rootOfOne(leaf, wrong, size, proof)).not.toBe(root);
      expect(await rootOfOne(leaf, index, size, [...proof, root])).toBeNull();
      if (proof.length > 0) expect(await rootOfOne(leaf, index, size, proof.slice(1))).not.toBe(root);
    }),
  );
  for (const index of [-1, 3, 0.5, Number.NaN]) expect(await rootOfOne('00', index, 3, [])).toBeNull();
});

test('a log continues what it continues, and nothing else', async () => {
  for (const size of [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 31, 33])
    for (let first = 1; first <= size; first += 1) {
      const proof = consistencyProof(read, first, size).map(hex);
      const [then, now] = [hex(rootOf(read, first)), hex(rootOf(read, size))];
      const other = hex(leafHash(Buffer.from('another')));
      expect(await continues(first, then, size, now, proof), `${first} of ${size}`).toBe(true);
      expect(await continues(first, other, size, now, proof)).toBe(false);
      expect(await continues(first, then, size, other, proof)).toBe(false);
      expect(await continues(first, then, size, now, [...proof, other])).toBe(false);
      if (proof.length > 0) expect(await continues(first, then, size, now, proof.slice(0, -1))).toBe(false);
    }
});
