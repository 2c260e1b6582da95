import { closeSync, fdatasync, fsyncSync, openSync, writeSync, writevSync } from 'node:fs';

/** The disk begins with so much at a time, bytes, and a large file is handed to it in not many more parts than this. */
const flushBytes = 4 * 1024 * 1024;
const parts = 16;

/**
 * A new file that is written to the end without a pause, and its start last. Of a large one, the disk works on the first
 * parts, on other threads, while the next are made. They have a handle of their own: the system tells each handle once
 * what could not be written, and `sync` must be told.
 */
export class WrittenFile {
  readonly #file: string;
  readonly #handle: number;
  readonly #step: number;
  #size: number;
  #flushed = 0;

  /** @param bytes about how large it will be; the first `startBytes` of them come last (`start`) */
  constructor(file: string, bytes: number, startBytes: number) {
    this.#file = file;
    this.#size = startBytes;
    this.#handle = openSync(file, 'wx', 0o600);
    this.#step = Math.max(flushBytes, Math.ceil(bytes / parts));
  }

  /** Writes behind what was appended before. */
  append(bytes: readonly Uint8Array[]): void {
    const length = bytes.reduce((sum, part) => sum + part.length, 0);
    const done = writevSync(this.#handle, bytes, this.#size);
    if (done < length) this.#write(Buffer.concat(bytes).subarray(done), this.#size + done);
    this.#size += length;
    if (this.#size - this.#flushed >= this.#step) this.#flushAside();
  }

  /** Writes what stands before all of that. */
  start(bytes: Uint8Array): void {
    this.#write(bytes, 0);
  }

  /** All of it is on the disk. */
  sync(): void {
    fsyncSync(this.#handle);
  }

  close(): void {
    closeSync(this.#handle);
  }

  #write(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.#handle, bytes, done, bytes.length - done, position + done);
  }

  #flushAside(): void {
    this.#flushed = this.#size;
    let handle: number;
    try {
      handle = openSync(this.#file, 'r+');
    } catch {
      // Too many open files, say: then all of it is left to `sync`.
      return;
    }
    fdatasync(handle, () => closeSync(handle));
  }
}
