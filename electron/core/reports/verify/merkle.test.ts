import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consistencyProof } from '../../audit/consistency.ts';
import { inclusionProof, leafHash, nodeHash, rootOf, type Hash, type NodeReader } from '../../audit/merkle.ts';
import { fromText, own, toHex } from './bytes.ts';
import { TreeCheck } from './merkle.ts';

const leaves = Array.from({ length: 70 }, (_, index) => `leaf ${index}`);
const read: NodeReader = (level, index): Hash =>
  level === 0 ? leafHash(Buffer.from(leaves[index] ?? '')) : nodeHash(read(level - 1, index * 2), read(level - 1, index * 2 + 1));
const hex = (hash: Hash) => toHex(own(hash));

test('inclusion proofs of the log hold, and nothing else does', async () => {
  const tree = new TreeCheck();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 70 }), fc.nat(69), fc.nat(69), async (size, at, other) => {
      const index = at % size;
      const leaf = await tree.leafHash(fromText(leaves[index] ?? ''));
      const proof = inclusionProof(read, index, size).map(hex);
      const root = hex(rootOf(read, size));
      expect(await tree.rootFromInclusion(leaf, index, size, proof)).toBe(root);
      const wrong = other % size;
      if (wrong !== index) expect(await tree.rootFromInclusion(leaf, wrong, size, proof)).not.toBe(root);
      expect(await tree.rootFromInclusion(leaf, index, size, [...proof, root])).toBeNull();
      if (proof.length > 0) expect(await tree.rootFromInclusion(leaf, index, size, proof.slice(1))).not.toBe(root);
    }),
  );
  expect(await tree.rootFromInclusion('00', -1, 3, [])).toBeNull();
  expect(await tree.rootFromInclusion('00', 3, 3, [])).toBeNull();
});

test('a log continues what it continues, and nothing else', async () => {
  const tree = new TreeCheck();
  for (let size = 1; size <= 70; size += 1)
    for (let first = 1; first <= size; first += 1) {
      const proof = consistencyProof(read, first, size).map(hex);
      const [then, now] = [hex(rootOf(read, first)), hex(rootOf(read, size))];
      const other = hex(leafHash(Buffer.from('another')));
      expect(await tree.continues(first, then, size, now, proof), `${first} of ${size}`).toBe(true);
      expect(await tree.continues(first, other, size, now, proof)).toBe(false);
      expect(await tree.continues(first, then, size, other, proof)).toBe(false);
      expect(await tree.continues(first, then, size, now, [...proof, other])).toBe(false);
      if (proof.length > 0) expect(await tree.continues(first, then, size, now, proof.slice(0, -1))).toBe(false);
    }
});
