import { createHash, randomUUID } from 'node:crypto';
import { constants, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileSource } from '../contract/base.ts';
import { AppError } from '../errors.ts';
import type { SourceFiles } from '../files/source-files.ts';
import type { ByteSource } from './byte-cursor.ts';
import { bytesSource } from './byte-cursor.ts';
import { fileSource, openModelFile } from './model-file.ts';

const chunkBytes = 4 * 2 ** 20;
const progressEveryMs = 100;
/** Space that must stay free on the disk after a copy. */
const reserveBytes = 64 * 2 ** 20;

export type ModelSource = ByteSource & {
  /** Where the file lies; null for bytes sent by the page. */
  readonly path: string | null;
  /** Milliseconds since the epoch; 0 for bytes. */
  readonly modifiedMs: number;
  close(): Promise<void>;
};

/** Opens what an import names. An upload is used up by it. */
export async function openSource(files: SourceFiles, source: FileSource): Promise<ModelSource> {
  if (source.kind === 'upload') {
    const { bytes } = files.read(source, Infinity);
    return { ...bytesSource(bytes), path: null, modifiedMs: 0, close: () => Promise.resolve() };
  }
  const path = files.path(source);
  const file = await openModelFile(path);
  const { mtimeMs } = await file.stat();
  return { ...(await fileSource(file)), path, modifiedMs: Math.trunc(mtimeMs), close: () => file.close() };
}

/** Streams all bytes through `take`; yields how many are done, at most ten times a second. Stops when `signal` aborts. */
async function* pump(source: ByteSource, signal: AbortSignal, take: (chunk: Uint8Array) => void | Promise<void>): AsyncGenerator<number> {
  let last = 0;
  for (let at = 0; at < source.size;) {
    signal.throwIfAborted();
    const chunk = await source.read(at, chunkBytes);
    if (chunk.length === 0) throw new AppError('models/changed', 'The file changed while it was read. Nothing was imported; try again.');
    await take(chunk);
    at += chunk.length;
    if (performance.now() - last < progressEveryMs) continue;
    last = performance.now();
    yield at;
  }
}

/** Hashes everything; yields bytes done, returns the SHA-256 in hexadecimal. */
export async function* hashSource(source: ByteSource, signal: AbortSignal): AsyncGenerator<number, string> {
  const hash = createHash('sha256');
  yield* pump(source, signal, (chunk) => void hash.update(chunk));
  return hash.digest('hex');
}

/**
 * Copies to `target` so that it is there either whole or not at all: temporary file, hash compared with `sha256`, fsync,
 * rename, fsync of the folder. Yields bytes done.
 */
export async function* copySource(source: ByteSource, target: string, sha256: string, signal: AbortSignal): AsyncGenerator<number, void> {
  await ensureSpace(dirname(target), source.size);
  const part = `${target}.${randomUUID()}.part`;
  try {
    const file = await open(part, 'wx');
    try {
      const hash = createHash('sha256');
      yield* pump(source, signal, async (chunk) => {
        hash.update(chunk);
        await file.writeFile(chunk);
      });
      if (hash.digest('hex') !== sha256)
        throw new AppError('models/changed', 'The file changed while it was copied. Nothing was imported; try again.');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
    await syncFolder(dirname(target));
  } catch (error) {
    throw isNoSpace(error) ? noSpace(source.size) : error;
  } finally {
    await rm(part, { force: true });
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}

async function ensureSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes + reserveBytes) throw noSpace(bytes);
}

function isNoSpace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function noSpace(bytes: number): AppError {
  const mib = Math.ceil((bytes + reserveBytes) / 2 ** 20);
  return new AppError(
    'models/no-space',
    `The disk has too little space for a copy of this model (${mib} MiB needed). Nothing was imported. Free some space, or link the file where it is.`,
    { neededMiB: mib },
  );
}
