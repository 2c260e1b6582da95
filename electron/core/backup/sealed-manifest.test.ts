import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import type { SnapshotManifest } from './manifest.ts';
import { openDigests, openManifest, readHeader, sealDigests, sealManifest } from './sealed-manifest.ts';

const keys = { vault: Buffer.alloc(32, 1), set: Buffer.alloc(32, 2) };
const hash = (digit: string) => digit.repeat(64);
const facts = {
  format: 'redoubt-backup/1' as const,
  vaultId: randomUUID(),
  snapshot: '000007-0123abcd',
  sequence: 7,
  kind: 'full' as const,
  createdAt: 1_795_000_000_000,
  durationMs: 12,
  epoch: 2,
  bytes: 40_960,
  addedBytes: 40_960,
  blobCount: 1,
};
const manifest: SnapshotManifest = {
  vaultFile: hash('a'),
  anchor: null,
  audit: { size: 3, rootHash: hash('b') },
  image: { size: 32_768, packs: ['000007-0123abcd'], pieces: [[0, 0, hash('c'), 'd'.repeat(32)]] },
  blobs: [[hash('e'), hash('f'), 8_192, 1_795_000_000_000]],
  models: [],
};

test('a manifest opens with either of its keys and no other, and its header without any', () => {
  const text = sealManifest(facts, manifest, keys);
  expect(openManifest(text, { kind: 'vault', key: keys.vault }).manifest).toEqual(manifest);
  expect(openManifest(text, { kind: 'set', key: keys.set }).manifest).toEqual(manifest);
  expect(readHeader(text)).toMatchObject(facts);
  for (const key of [keys.set, Buffer.alloc(32)])
    expect(() => openManifest(text, { kind: 'vault', key })).toThrow(expect.objectContaining({ code: 'backup/other-key' }));
  expect(text).not.toContain(hash('f'));
});

test('whatever is done to a manifest or the proof of its rows, it is refused or says the same', () => {
  const text = sealManifest(facts, manifest, keys);
  const key = { kind: 'set' as const, key: keys.set };
  const { header } = openManifest(text, key);
  const digests = { papers: { rows: 4, sha256: hash('9') } };
  const proof = sealDigests(header, digests, key);
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 0, max: 80 }),
    by: fc.string({ maxLength: 80 }),
  });
  const changed = (original: string, { at, length, by }: { at: number; length: number; by: string }) => {
    const from = Math.floor(at * original.length);
    return original.slice(0, from) + by + original.slice(from + length);
  };
  const refusedOr = (same: unknown, open: () => unknown) => {
    let found: unknown;
    try {
      found = open();
    } catch (error) {
      return expect(error).toBeInstanceOf(AppError);
    }
    expect(found).toEqual(same);
  };
  fc.assert(
    fc.property(change, (how) => {
      refusedOr({ header, manifest }, () => openManifest(changed(text, how), key));
      refusedOr(digests, () => openDigests(header, changed(proof, how), key));
    }),
    { numRuns: 2_000 },
  );
});

test('a manifest of one snapshot does not stand for another', () => {
  const [one, other] = [
    sealManifest(facts, manifest, keys),
    sealManifest({ ...facts, sequence: 8, snapshot: '000008-0123abcd' }, manifest, keys),
  ];
  const key = { kind: 'vault' as const, key: keys.vault };
  const swapped = `${one.split('\n')[0] ?? ''}\n${other.split('\n')[1] ?? ''}\n`;
  expect(() => openManifest(swapped, key)).toThrow(expect.objectContaining({ code: 'backup/damaged' }));
  const renamed = one.replace('"epoch":2', '"epoch":3');
  expect(() => openManifest(renamed, key)).toThrow(expect.objectContaining({ code: 'backup/other-key' }));
});
