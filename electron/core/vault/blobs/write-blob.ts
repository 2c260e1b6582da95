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

/** A blob file that is being written: the chunks behind the place of the header, which follows when the id is known. */
export class BlobWriter {
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  static async create(file: string): Promise<BlobWriter> {
    return new BlobWriter(await open(file, 'wx', 0o600));
  }

  /** One chunk is being sealed while the one before is being written. */
  async write(key: Uint8Array, chunks: AsyncIterable<Chunk>): Promise<void> {
    let writing: Promise<void> = Promise.resolve();
    try {
      let at = headerBytes;
      for await (const { bytes, index, last } of chunks) {
        const sealed = sealChunk(key, index, last, bytes);
        await writing;
        writing = writeAll(this.#handle, sealed, at);
        writing.catch(() => undefined);
        at += sealed.length;
      }
    } finally {
      await writing;
    }
  }

  /** Writes the header and syncs the whole file. */
  async finish(header: Buffer): Promise<void> {
    await writeAll(this.#handle, header, 0);
    await this.#handle.sync();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Puts another header into a file that is finished. */
export function writeHeaderSync(file: string, header: Buffer): void {
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
