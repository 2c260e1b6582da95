import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completedBy, inclusionProof, leafHash, nodeHash, rootFromInclusion, rootOf, type Hash } from './merkle.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962 section 2.1, word for word: the independent reference. */
function mth(data: readonly Uint8Array[]): Buffer {
  if (data.length === 0) return sha256();
  if (data.length === 1) return sha256(Buffer.from([0]), data[0] ?? Buffer.alloc(0));
  const k = 2 ** Math.ceil(Math.log2(data.length) - 1);
  return sha256(Buffer.from([1]), mth(data.slice(0, k)), mth(data.slice(k)));
}
function path(m: number, data: readonly Uint8Array[]): Buffer[] {
  if (data.length === 1) return [];
  const k = 2 ** Math.ceil(Math.log2(data.length) - 1);
  return m < k ? [...path(m, data.slice(0, k)), mth(data.slice(k))] : [...path(m - k, data.slice(k)), mth(data.slice(0, k))];
}

function grow(data: readonly Uint8Array[]) {
  const nodes = new Map<string, Hash>();
  const read = (level: number, index: number) => {
    const node = nodes.get(`${level}/${index}`);
    if (!node) throw new Error(`subtree ${level}/${index} is not complete`);
    return node;
  };
  for (const [sequence, leaf] of data.entries()) {
    nodes.set(`0/${sequence}`, leafHash(leaf));
    for (const { level, index } of completedBy(sequence))
      nodes.set(`${level}/${index}`, nodeHash(read(level - 1, index * 2), read(level - 1, index * 2 + 1)));
  }
  return read;
}

const leaves = fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 80 });

test('the incremental tree is that of RFC 6962 at every size', () => {
  fc.assert(
    fc.property(leaves, (data) => {
      const read = grow(data);
      for (let size = 0; size <= data.length; size += 1) expect(rootOf(read, size)).toEqual(mth(data.slice(0, size)));
    }),
    { numRuns: 40 },
  );
});

test('every leaf has the RFC 6962 audit path, and it leads to the root', () => {
  fc.assert(
    fc.property(
      leaves.filter((data) => data.length > 0),
      fc.nat(),
      fc.nat(),
      (data, some, other) => {
        const size = 1 + (some % data.length);
        const index = other % size;
        const first = data.slice(0, size);
        const proof = inclusionProof(grow(data), index, size);
        expect(proof).toEqual(path(index, first));
        const leaf = leafHash(data[index] ?? Buffer.alloc(0));
        expect(rootFromInclusion(leaf, index, size, proof)).toEqual(mth(first));
        expect(rootFromInclusion(leaf, index, size, [...proof, leaf])).toBeNull();
        if (proof.length > 0) expect(rootFromInclusion(leaf, index, size, proof.slice(1))).not.toEqual(mth(first));
        expect(rootFromInclusion(leaf, size, size, proof)).toBeNull();
      },
    ),
  );
});
