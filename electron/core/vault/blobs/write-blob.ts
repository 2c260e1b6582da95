import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { headerBytes, sealChunk } from './blob-format.ts';
import { chunksOf, type Chunk } from './chunks.ts';

/** Writes a whole blob file at once and syncs it. */
export function writeBlobSync(file: string, header: Buffer, key: Uint8Array, content: Uint8Array): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeAllSync(handle, header, 0);
    let at = headerBytes;
    for (const { bytes, index, last } of chunksOf(content)) {
      const sealed = sealChunk(key, index, last, bytes);
      writeAllSync(handle, sealed, at);
      at += sealed.length;
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes the chunks of a blob file behind the place of its header and syncs them: one is being sealed while the one
 * before is being written. The header follows by `writeHeader`, for only then is the id known.
 */
export async function writeChunks(file: string, key: Uint8Array, chunks: AsyncIterable<Chunk>): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  let writing: Promise<void> = Promise.resolve();
  try {
    let at = headerBytes;
    for await (const { bytes, index, last } of chunks) {
      const sealed = sealChunk(key, index, last, bytes);
      await writing;
      writing = writeAll(handle, sealed, at);
      writing.catch(() => undefined);
      at += sealed.length;
    }
    await writing;
    await handle.sync();
  } finally {
    await writing.catch(() => undefined);
    await handle.close();
  }
}

export function writeHeader(file: string, header: Buffer): void {
  const handle = openSync(file, 'r+');
  try {
    writeAllSync(handle, header, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function writeAllSync(handle: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done, bytes.length - done, position + done);
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}
