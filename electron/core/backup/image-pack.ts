import { hash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { pageBytes } from '../vault/page-macs.ts';
import type { BackupSet } from './backup-set.ts';
import type { Control } from './control.ts';
import type { FrozenDatabase } from './database-image.ts';
import { readFully, writeAll } from './files.ts';
import { pieceBytes, type SnapshotManifest } from './manifest.ts';
import { damaged } from './sealed-manifest.ts';

export type Image = SnapshotManifest['image'];

/** What SQLCipher 4 keeps free at the end of a page for IV and MAC. */
const trailerBytes = 16 + 64;
/** Pieces read or written at once. */
const together = 64;
const hashOf = (bytes: Uint8Array) => hash('sha256', bytes, 'hex');

/**
 * Stores the pieces of the database file that `before` does not have, in one pack of this snapshot. SQLite rewrites a page
 * only where something changed, so the others are the same ciphertext as the last time. Each page ends with its random IV
 * and its MAC over content and number: only these are compared, a fiftieth of what there is to hash.
 */
export async function storeImage(
  set: BackupSet,
  snapshot: string,
  frozen: FrozenDatabase,
  before: Image | null,
  control: Control,
): Promise<{ image: Image; addedBytes: number }> {
  const packs = [...(before?.packs ?? [])];
  const own = packs.push(snapshot) - 1;
  const known = new Map(before?.pieces.map((piece) => [piece[3], piece]));
  const pieces: Image['pieces'] = [];
  const target = set.pack(snapshot);
  let place = 0;
  let addedBytes = 0;
  const pack = await open(`${target}.part`, 'w', 0o600);
  try {
    for await (const read of readingAhead(frozen)) {
      control.signal.throwIfAborted();
      const added: Uint8Array[] = [];
      for (let from = 0; from < read.length; from += pieceBytes) {
        const bytes = read.subarray(from, from + pieceBytes);
        const print = printOf(bytes);
        const stored = known.get(print);
        if (!stored) added.push(bytes);
        pieces.push(stored ?? [own, place++, hashOf(bytes), print]);
      }
      const bytes = Buffer.concat(added);
      await writeAll(pack, bytes);
      addedBytes += bytes.length;
      control.advance(read.length);
    }
    await pack.sync();
  } finally {
    await pack.close();
  }
  if (addedBytes > 0) await rename(`${target}.part`, target);
  else await rm(`${target}.part`, { force: true });
  return { image: withoutUnused({ size: frozen.size, packs, pieces }), addedBytes };
}

/** The image piece by piece, each checked. @throws AppError `backup/damaged` */
export async function* readImage(set: BackupSet, image: Image, control: Control): AsyncGenerator<Uint8Array> {
  const handles = new Map<number, Awaited<ReturnType<typeof open>>>();
  const handleOf = async (pack: number) => {
    const known = handles.get(pack);
    if (known) return known;
    const opened = await open(set.pack(image.packs[pack] ?? '000000-00000000'), 'r').catch((error: unknown) => {
      throw damaged('database', error);
    });
    handles.set(pack, opened);
    return opened;
  };
  try {
    let left = image.size;
    for (let first = 0; first < image.pieces.length;) {
      control.signal.throwIfAborted();
      const run = runFrom(image.pieces, first);
      const [pack, place] = run[0] ?? [0, 0];
      const wanted = Math.min(run.length * pieceBytes, left);
      const buffer = Buffer.allocUnsafe(wanted);
      if ((await readFully(await handleOf(pack), buffer, place * pieceBytes)) !== wanted) throw damaged('database');
      for (const [index, [, , sha256]] of run.entries())
        if (hashOf(buffer.subarray(index * pieceBytes, (index + 1) * pieceBytes)) !== sha256) throw damaged('database');
      yield buffer;
      left -= wanted;
      first += run.length;
    }
    if (left !== 0) throw damaged('database');
  } finally {
    for (const handle of handles.values()) await handle.close();
  }
}

/** The packs of an image that are missing or hold a piece that is not what it was. */
export async function damagedPacks(set: BackupSet, image: Image, control: Control): Promise<string[]> {
  const found: string[] = [];
  const lastBytes = image.size - (image.pieces.length - 1) * pieceBytes;
  for (const [index, pack] of image.packs.entries()) {
    const pieces = image.pieces.filter(([each]) => each === index);
    const size = (pieces.length - 1) * pieceBytes + (pieces.at(-1) === image.pieces.at(-1) ? lastBytes : pieceBytes);
    try {
      for await (const read of readImage(set, { size, packs: image.packs, pieces }, control)) control.advance(read.length);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      found.push(pack);
    }
  }
  return found;
}

/** The frozen file in order; the next bytes are read while these are used. */
async function* readingAhead(frozen: FrozenDatabase): AsyncGenerator<Uint8Array> {
  const step = pieceBytes * together;
  const buffers = [Buffer.allocUnsafe(step), Buffer.allocUnsafe(step)];
  const read = async (at: number): Promise<Uint8Array> => {
    const buffer = (buffers[(at / step) % 2] ?? Buffer.alloc(0)).subarray(0, Math.max(0, Math.min(step, frozen.size - at)));
    await frozen.read(buffer, at);
    return buffer;
  };
  let next = read(0);
  try {
    for (let at = 0; at < frozen.size; at += step) {
      const bytes = await next;
      next = read(at + step);
      next.catch(() => undefined);
      yield bytes;
    }
  } finally {
    await next.catch(() => undefined);
  }
}

const trailers = Buffer.alloc((pieceBytes / pageBytes) * trailerBytes);

/** A hash over the last bytes of each page: IV and HMAC-SHA-512. */
function printOf(bytes: Uint8Array): string {
  let length = 0;
  for (let end = pageBytes; end <= bytes.length; end += pageBytes) {
    trailers.set(bytes.subarray(end - trailerBytes, end), length);
    length += trailerBytes;
  }
  return hash('sha256', trailers.subarray(0, length), 'hex').slice(0, 32);
}

/** The pieces from `first` that lie one after the other in one pack. */
function runFrom(pieces: Image['pieces'], first: number): Image['pieces'] {
  const [pack, place] = pieces[first] ?? [0, 0];
  let end = first + 1;
  for (; end < pieces.length && end - first < together; end += 1) {
    const piece = pieces[end];
    if (piece?.[0] !== pack || piece[1] !== place + end - first) break;
  }
  return pieces.slice(first, end);
}

/** A pack that no piece lies in any more may go with the snapshots that need it. */
function withoutUnused({ size, packs, pieces }: Image): Image {
  const used = [...new Set(pieces.map(([pack]) => pack))].sort((a, b) => a - b);
  const renumbered = new Map(used.map((pack, index) => [pack, index]));
  return {
    size,
    packs: used.map((pack) => packs[pack] ?? ''),
    pieces: pieces.map(([pack, ...rest]) => [renumbered.get(pack) ?? 0, ...rest]),
  };
}
