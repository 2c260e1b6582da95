import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { chunkBytes, headerBytes, headerEpoch, layoutOf, openChunk, openHeader, tagBytes } from './blob-format.ts';

/** Finds the wrapping key of an epoch; undefined where it is not there any more. */
export type KeyOf = (epoch: number) => Uint8Array | undefined;
/** Bytes of the content, from `start` up to and without `end`. */
export type ByteRange = { readonly start: number; readonly end: number };

const sealedBytes = chunkBytes + tagBytes;

/** Every chunk of a blob file in order; throws a plain Error where anything of it is not as it was written. */
export function* readChunksSync(file: string, id: string, keyOf: KeyOf): Generator<Buffer> {
  const handle = openSync(file, 'r');
  let key: Buffer | null = null;
  try {
    const { size } = fstatSync(handle);
    const { chunks } = layoutOf(size);
    key = blobKey(id, readAtSync(handle, 0, headerBytes), keyOf);
    for (let index = 0; index < chunks; index += 1) {
      const at = headerBytes + index * sealedBytes;
      yield openChunk(key, index, index === chunks - 1, readAtSync(handle, at, Math.min(sealedBytes, size - at)));
    }
  } finally {
    key?.fill(0);
    closeSync(handle);
  }
}

/** Whether a blob file is there, and from end to end as it was written. */
export function isIntactSync(file: string, id: string, keyOf: KeyOf): boolean {
  if (!existsSync(file)) return false;
  try {
    for (const _ of readChunksSync(file, id, keyOf));
    return true;
  } catch {
    return false;
  }
}

/** The chunks of a blob file that a range needs, cut to it; the next is read from disk while one is used. */
export async function* readChunks(file: string, id: string, keyOf: KeyOf, range?: ByteRange): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  let key: Buffer | null = null;
  let reading: Promise<Buffer> | null = null;
  try {
    const { size } = await handle.stat();
    const { chunks, contentBytes } = layoutOf(size);
    key = blobKey(id, await readAt(handle, 0, headerBytes), keyOf);
    const start = Math.max(0, range?.start ?? 0);
    const end = Math.min(contentBytes, range?.end ?? contentBytes);
    const first = Math.min(chunks - 1, Math.floor(start / chunkBytes));
    const past = range ? Math.ceil(end / chunkBytes) : chunks;
    const chunk = (index: number) => {
      const at = headerBytes + index * sealedBytes;
      const read = readAt(handle, at, Math.min(sealedBytes, size - at));
      read.catch(() => undefined);
      return read;
    };
    if (first < past) reading = chunk(first);
    for (let index = first; index < past && reading; index += 1) {
      const sealed = await reading;
      reading = index + 1 < past ? chunk(index + 1) : null;
      const plain = openChunk(key, index, index === chunks - 1, sealed);
      const offset = index * chunkBytes;
      yield plain.subarray(Math.max(0, start - offset), Math.max(0, end - offset));
    }
  } finally {
    key?.fill(0);
    await reading?.catch(() => undefined);
    await handle.close();
  }
}

/** The epoch whose key a blob file needs; throws where it is none. */
export function epochOfFile(file: string): number {
  const handle = openSync(file, 'r');
  try {
    return headerEpoch(readAtSync(handle, 0, headerBytes));
  } finally {
    closeSync(handle);
  }
}

function blobKey(id: string, header: Buffer, keyOf: KeyOf): Buffer {
  const wrapping = keyOf(headerEpoch(header));
  if (!wrapping) throw new Error('no key of this epoch');
  return openHeader(wrapping, id, header);
}

function readAtSync(handle: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const read = readSync(handle, bytes, done, length - done, position + done);
    if (read === 0) throw new Error('the file is shorter than it was');
    done += read;
  }
  return bytes;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new Error('the file is shorter than it was');
    done += bytesRead;
  }
  return bytes;
}
