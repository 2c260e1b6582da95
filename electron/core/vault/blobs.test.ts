import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { Blobs } from './blobs.ts';
import { chunkBytes, headerBytes } from './blobs/blob-format.ts';
import { ringOf } from './key-ring.ts';

const made = (folder = temporaryFolder()) => ({ folder, blobs: new Blobs(folder, ringOf(randomBytes(32)), randomBytes(32)) });
const fileOf = (folder: string, id: string) => join(folder, id.slice(0, 2), id.slice(2));
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const damaged = expect.objectContaining({ code: 'vault/blob-damaged' });

async function* piecesOf(content: Uint8Array, lengths: readonly number[]) {
  let at = 0;
  for (const length of lengths) {
    yield content.subarray(at, at + length);
    at += length;
  }
  await Promise.resolve();
  yield content.subarray(at);
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

test('what is put comes back, in one piece, streamed or cut, and equal content is stored once', async () => {
  const { folder, blobs } = made();
  const sizes = fc.oneof(
    fc.integer({ min: 0, max: 5_000 }),
    fc.integer({ min: -2, max: 2 }).map((near) => 2 * chunkBytes + near),
    fc.integer({ min: -2, max: 2 }).map((near) => chunkBytes + near),
  );
  const pieces = fc.array(fc.oneof(fc.nat(2_000), fc.nat(3 * chunkBytes)), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, pieces, fc.nat(3 * chunkBytes), fc.nat(chunkBytes), async (size, lengths, start, length) => {
      const content = randomBytes(size);
      const stored = await blobs.putFrom(piecesOf(content, lengths));
      const before = blobs.usage;
      expect(blobs.put(content)).toBe(stored.id);
      expect(await blobs.putFrom(piecesOf(content, []))).toEqual({ id: stored.id, size });
      expect(blobs.usage).toEqual(before);
      expect(Buffer.from(blobs.get(stored.id)).equals(content)).toBe(true);
      expect((await all(blobs.read(stored.id))).equals(content)).toBe(true);
      const cut = await all(blobs.read(stored.id, { start, end: start + length }));
      expect(cut.equals(content.subarray(start, start + length))).toBe(true);
      expect(blobs.size(stored.id)).toBe(size);
    }),
    { numRuns: 25 },
  );
  expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
});

test('every changed, cut or swapped byte is detected, and putting the content again repairs it', async () => {
  const { folder, blobs } = made();
  const content = randomBytes(chunkBytes + 100);
  const id = blobs.put(content);
  const whole = readFileSync(fileOf(folder, id));
  const isDamaged = async () => {
    expect(() => blobs.get(id)).toThrow(damaged);
    await expect(all(blobs.read(id))).rejects.toThrow(damaged);
    expect(await blobs.verify(id)).toBe('damaged');
  };
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ flip;
      writeFileSync(fileOf(folder, id), changed);
      await isDamaged();
    }),
    { numRuns: 40 },
  );
  // A missing last chunk is no shorter file, and chunks do not change places.
  const chunk = (index: number) => whole.subarray(headerBytes + index * (chunkBytes + 16), headerBytes + (index + 1) * (chunkBytes + 16));
  const others = [0, 5, whole.length - 1, headerBytes + chunkBytes + 16].map((length) => whole.subarray(0, length));
  for (const file of [...others, Buffer.concat([whole.subarray(0, headerBytes), chunk(1), chunk(0)]), Buffer.concat([whole, chunk(1)])]) {
    writeFileSync(fileOf(folder, id), file);
    await isDamaged();
  }
  writeFileSync(fileOf(folder, id), readFileSync(fileOf(folder, blobs.put(Buffer.from('other content')))));
  await isDamaged();
  expect(blobs.put(content)).toBe(id);
  expect(Buffer.from(blobs.get(id)).equals(content)).toBe(true);
  writeFileSync(fileOf(folder, id), whole.subarray(0, 99));
  expect(await blobs.putFrom(piecesOf(content, [7]))).toEqual({ id, size: content.length });
  expect(await blobs.verify(id)).toBe('ok');
});

test('a removed blob cannot be decrypted any more, even from a copy of the file as it is then', async () => {
  const { folder, blobs } = made();
  const id = blobs.put(Buffer.from('secret'));
  const before = readFileSync(fileOf(folder, id));
  const link = join(folder, 'linked');
  const { linkSync } = await import('node:fs');
  linkSync(fileOf(folder, id), link);
  expect(blobs.remove(id)).toBe(true);
  expect(blobs.remove(id)).toBe(false);
  expect(await blobs.verify(id)).toBe('missing');
  expect(() => blobs.get(id)).toThrow(expect.objectContaining({ code: 'vault/blob-missing' }));
  // The link shows what the disk holds now: the content as it was, its key overwritten.
  const after = readFileSync(link);
  expect(after.subarray(headerBytes).equals(before.subarray(headerBytes))).toBe(true);
  blobs.put(Buffer.from('secret'));
  writeFileSync(fileOf(folder, id), after);
  expect(() => blobs.get(id)).toThrow(damaged);
});

test('a sweep removes what no row refers to, and nothing that is no blob', () => {
  const { folder, blobs } = made();
  const kept = blobs.put(Buffer.from('kept'));
  blobs.put(Buffer.from('orphan'));
  writeFileSync(join(folder, kept.slice(0, 2), '.DS_Store'), '');
  expect(blobs.sweep((id) => id === kept)).toBe(1);
  expect(Buffer.from(blobs.get(kept)).toString()).toBe('kept');
  expect(existsSync(join(folder, kept.slice(0, 2), '.DS_Store'))).toBe(true);
  expect([...blobs.ids()]).toEqual([kept]);
  expect(() => blobs.get('../../etc/passwd')).toThrow(expect.objectContaining({ code: 'vault/bad-blob-id' }));
});

test('the size on disk is known at every moment, and counted exactly while blobs come and go', async () => {
  const { folder, blobs } = made();
  const onDisk = () => {
    const files = [...blobs.ids()].map((id) => blobs.diskBytes(id) ?? 0);
    return { bytes: files.reduce((sum, size) => sum + size, 0), count: files.length };
  };
  const ids = Array.from({ length: 40 }, (_, index) => blobs.put(randomBytes(index * 100)));
  expect(blobs.usage).toEqual(onDisk());
  blobs.remove(ids[3] ?? '');
  expect(blobs.usage).toEqual(onDisk());

  const again = new Blobs(folder, ringOf(randomBytes(32)), randomBytes(32));
  again.startUsage({ bytes: 999_999, count: 7 }, false);
  const counting = again.recount();
  for (let index = 0; index < 100; index += 1) {
    const id = again.put(randomBytes(500));
    if (index % 3 === 0) again.remove(id);
    if (index % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(again.isUsageExact).toBe(false);
  await counting;
  expect([again.usage, again.isUsageExact]).toEqual([onDisk(), true]);
});

test('under a new epoch every blob is written anew while it is read, and the old key opens none of them', async () => {
  const folder = temporaryFolder();
  const [one, two, names] = [randomBytes(32), randomBytes(32), randomBytes(32)];
  const copy = (key: Buffer) => Buffer.from(key);
  const blobs = new Blobs(folder, ringOf(copy(one)), copy(names));
  const contents = [Buffer.alloc(0), randomBytes(10), randomBytes(3 * chunkBytes + 5)];
  const ids = contents.map((content) => blobs.put(content));
  const broken = blobs.put(Buffer.from('broken'));
  writeFileSync(fileOf(folder, broken), readFileSync(fileOf(folder, broken)).fill(0, 80));
  const before = blobs.usage;

  blobs.useEpoch(2, copy(two));
  const reading = blobs.read(ids[2] ?? '');
  const first = await reading.next();
  for (const id of ids) expect(await blobs.reencrypt(id)).toBe('done');
  const rest = await all(reading);
  expect(Buffer.concat([first.value as Uint8Array, rest]).equals(contents[2] ?? Buffer.alloc(0))).toBe(true);
  expect(await blobs.reencrypt(broken)).toBe('damaged');
  expect(await blobs.reencrypt('ab'.repeat(32))).toBe('gone');
  expect(ids.map((id) => blobs.isOfOlderEpoch(id))).toEqual([false, false, false]);
  expect(blobs.usage).toEqual(before);
  blobs.forgetOlderEpochs();
  for (const [index, id] of ids.entries()) expect(Buffer.from(blobs.get(id)).equals(contents[index] ?? Buffer.alloc(1))).toBe(true);

  const old = new Blobs(folder, ringOf(copy(one)), copy(names));
  for (const id of ids) expect(() => old.get(id)).toThrow(damaged);
  // The ids are the same: what is put again is found.
  expect(blobs.put(contents[1] ?? Buffer.alloc(0))).toBe(ids[1]);
  expect(createHmac('sha256', names).update(Buffer.alloc(0)).digest('hex')).toBe(ids[0]);
});

test('a content that fails on its way, or that nobody admits, leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const full = (bytes: number) => {
    if (bytes > 2 * chunkBytes) throw new Error('no room');
  };
  const blobs = new Blobs(folder, ringOf(randomBytes(32)), randomBytes(32), full);
  await expect(blobs.putFrom(piecesOf(randomBytes(4 * chunkBytes), [5]))).rejects.toThrow('no room');
  expect(() => blobs.put(randomBytes(2 * chunkBytes))).toThrow('no room');
  const abort = new AbortController();
  const slow = async function* () {
    yield randomBytes(chunkBytes + 1);
    abort.abort();
    await Promise.resolve();
    yield randomBytes(chunkBytes + 1);
  };
  await expect(blobs.putFrom(slow(), abort.signal)).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  expect(filesIn(folder)).toEqual([]);
  expect(blobs.usage).toEqual({ bytes: 0, count: 0 });
  // What was under way at a lock is not sealed with a wiped key.
  const late = async function* () {
    blobs.close();
    await Promise.resolve();
    yield Buffer.from('late');
  };
  await expect(blobs.putFrom(late())).rejects.toMatchObject({ code: 'vault/closing' });
});

test('content of many chunks is written while the disk works on its start, and nothing stays open', async () => {
  const { folder, blobs } = made();
  const content = randomBytes(18 * chunkBytes + 3);
  const id = blobs.put(content);
  expect(await blobs.putFrom(piecesOf(content, [chunkBytes, 3 * chunkBytes, 99]))).toEqual({ id, size: content.length });
  expect((await all(blobs.read(id))).equals(content)).toBe(true);
  const openHere = () =>
    readdirSync('/proc/self/fd').filter((handle) => {
      try {
        return readlinkSync(join('/proc/self/fd', handle)).startsWith(folder);
      } catch {
        return false;
      }
    });
  if (process.platform === 'linux') await expect.poll(openHere).toEqual([]);
});
