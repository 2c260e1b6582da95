import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { headerBytes, sealChunk, tagBytes } from './blob-format.ts';
import { chunksOf, type Chunk } from './chunks.ts';
import { WrittenFile } from './written-file.ts';

/**
 * Writes a whole blob file at once; the caller syncs and closes it. Each chunk is shown to `look` before it is sealed,
 * while the disk works on those before, and `header` is asked when all of them are written; without `look` it is asked first.
 */
export function writeBlobSync(
  file: string,
  key: Uint8Array,
  content: Uint8Array,
  look: ((part: Uint8Array) => void) | null,
  header: () => Buffer,
): WrittenFile {
  // Where nothing is left to hash, the header is known, and one write has it and the first chunk.
  const early = look ? [] : [header()];
  const written = new WrittenFile(file, content.length, look ? headerBytes : 0);
  try {
    for (const { parts, index, last } of chunksOf(content)) {
      if (look) parts.forEach((part) => look(part));
      const sealed = sealChunk(key, index, last, parts);
      written.append(index === 0 ? [...early, ...sealed] : sealed);
    }
    if (look) written.start(header());
    return written;
  } catch (error) {
    written.close();
    throw error;
  }
}

const flushBytes = 4 * 1024 * 1024;

/** A blob file that is being written: the chunks behind the place of the header, which follows when the id is known. */
export class BlobWriter {
  readonly #handle: FileHandle;
  #flushing: Promise<void> | null = null;
  #flushed = 0;
  #flushError: unknown = null;
  /** Bytes of the file so far. */
  size = headerBytes;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(file: string): Promise<BlobWriter> {
    return new BlobWriter(await open(file, 'wx', 0o600));
  }

  /** One chunk is being sealed while the one before is being written, and those before that go to the disk. */
  async write(key: Uint8Array, chunks: AsyncIterable<Chunk>): Promise<void> {
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const { parts, length, index, last } of chunks) {
        const sealed = sealChunk(key, index, last, parts);
        await writing;
        writing = writeParts(this.#handle, sealed, this.size);
        writing.catch(() => undefined);
        this.size += length + tagBytes;
        this.#flushAside();
      }
    } finally {
      await writing.finally(() => this.#flushing);
    }
    if (this.#flushError !== null) throw this.#flushError;
  }

  /** Lets the disk work while the next chunks are sealed. The system says once what failed, not again at the sync that counts. */
  #flushAside(): void {
    if (this.#flushing || this.size - this.#flushed < flushBytes) return;
    this.#flushed = this.size;
    this.#flushing = this.#handle
      .datasync()
      .catch((error: unknown) => {
        this.#flushError ??= error;
      })
      .finally(() => {
        this.#flushing = null;
      });
  }

  /** Writes the header, and syncs the whole file where that is asked for. */
  async finish(header: Buffer, sync: boolean): Promise<void> {
    await writeAll(this.#handle, header, 0);
    if (sync) await this.#handle.sync();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Puts a header into a file that has its chunks. */
export function writeHeaderSync(file: string, header: Buffer): void {
  const handle = openSync(file, 'r+');
  try {
    writeAllSync(handle, header, 0);
  } finally {
    closeSync(handle);
  }
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
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

async function writeParts(handle: FileHandle, parts: readonly Buffer[], position: number): Promise<void> {
  const { bytesWritten } = await handle.writev([...parts], position);
  if (bytesWritten < parts.reduce((sum, { length }) => sum + length, 0))
    await writeAll(handle, Buffer.concat(parts).subarray(bytesWritten), position + bytesWritten);
}
