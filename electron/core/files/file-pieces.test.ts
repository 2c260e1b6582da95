import { randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { Blobs } from '../vault/blobs.ts';
import { ringOf } from '../vault/key-ring.ts';
import { pieceBytes, piecesOf } from './file-pieces.ts';

test('a file of any length reaches the vault as it is, although the pieces share their memory', async () => {
  const folder = temporaryFolder();
  const blobs = new Blobs(join(folder, 'blobs'), ringOf(randomBytes(32)), randomBytes(32));
  const lengths = [0, 1, ...[1, 2, 3, 7].flatMap((count) => [-1, 0, 1].map((near) => count * pieceBytes + near))];
  for (const length of lengths) {
    const content = randomBytes(length);
    const file = join(folder, 'file');
    writeFileSync(file, content);
    const { id, size } = await blobs.putFrom(piecesOf(file));
    expect(size).toBe(length);
    expect(Buffer.from(blobs.get(id)).equals(content)).toBe(true);
    expect(blobs.put(content)).toBe(id);
  }
  blobs.close();
});

test.runIf(process.platform === 'linux')('the file is closed by who takes only a part, and where it cannot be read', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  writeFileSync(file, randomBytes(5 * pieceBytes));
  const open = () => readdirSync('/proc/self/fd').filter((fd) => leadsInto(folder, fd));
  for await (const piece of piecesOf(file)) {
    expect(piece.length).toBe(pieceBytes);
    expect(open()).toHaveLength(1);
    break;
  }
  await expect(piecesOf(folder).next()).rejects.toThrow('EISDIR');
  await expect(piecesOf(join(file, 'none')).next()).rejects.toThrow('ENOTDIR');
  expect(open()).toEqual([]);
});

function leadsInto(folder: string, fd: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
  } catch {
    // Closed since it was listed.
    return false;
  }
}
