import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { Blobs } from './blobs.ts';

const keys = () => [randomBytes(32), randomBytes(32)] as const;
const fileOf = (folder: string, id: string) => join(folder, id.slice(0, 2), id.slice(2));

test('what is put comes back, and equal content is stored once', () => {
  const folder = temporaryFolder();
  const blobs = new Blobs(folder, ...keys());
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
      const id = blobs.put(bytes);
      expect(Buffer.from(blobs.get(id)).equals(Buffer.from(bytes))).toBe(true);
      expect(blobs.put(bytes)).toBe(id);
    }),
  );
  const large = randomBytes(2 * 1024 * 1024 + 17);
  expect(Buffer.from(blobs.get(blobs.put(large))).equals(large)).toBe(true);
});

test('every changed, cut or swapped byte is detected', () => {
  const folder = temporaryFolder();
  const blobs = new Blobs(folder, ...keys());
  const id = blobs.put(randomBytes(1024 * 1024 + 100));
  const whole = readFileSync(fileOf(folder, id));
  const damaged = expect.objectContaining({ code: 'vault/blob-damaged' });
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ flip;
      writeFileSync(fileOf(folder, id), changed);
      expect(() => blobs.get(id)).toThrow(damaged);
    }),
    { numRuns: 60 },
  );
  // A missing last chunk is no shorter file.
  for (const length of [0, 5, whole.length - 1, whole.length - (100 + 28)]) {
    writeFileSync(fileOf(folder, id), whole.subarray(0, length));
    expect(() => blobs.get(id)).toThrow(damaged);
  }
  const other = blobs.put(Buffer.from('other content'));
  writeFileSync(fileOf(folder, id), readFileSync(fileOf(folder, other)));
  expect(() => blobs.get(id)).toThrow(damaged);
  blobs.remove(id);
  expect(() => blobs.get(id)).toThrow(expect.objectContaining({ code: 'vault/blob-missing' }));
});

test('a sweep removes what no row refers to', () => {
  const folder = temporaryFolder();
  const blobs = new Blobs(folder, ...keys());
  const kept = blobs.put(Buffer.from('kept'));
  blobs.put(Buffer.from('orphan'));
  expect(blobs.sweep((id) => id === kept)).toBe(1);
  expect(Buffer.from(blobs.get(kept)).toString()).toBe('kept');
  expect(readdirSync(folder, { recursive: true }).length).toBeGreaterThanOrEqual(2);
  expect(() => blobs.get('../../etc/passwd')).toThrow(expect.objectContaining({ code: 'vault/bad-blob-id' }));
});
