import { closeSync, fdatasync, fsyncSync, openSync, writeSync } from 'node:fs';

/** The disk begins with so much at a time, bytes, and a large file is handed to it in not many more parts than this. */
const flushBytes = 4 * 1024 * 1024;
const parts = 4;

/**
 * A new file that is written from the start to the end without a pause. Of a large one, the disk works on the first
 * parts, on other threads, while the next are made. They have a handle of their own: the system tells each handle once
 * what could not be written, and `sync` must be told.
 */
export class WrittenFile {
  readonly #file: string;
  readonly #handle: number;
  readonly #step: number;
  #size = 0;
  #flushed = 0;

  /** @param bytes about how large it will be */
  constructor(file: string, bytes: number) {
    this.#file = file;
    this.#handle = openSync(file, 'wx', 0o600);
    this.#step = Math.max(flushBytes, Math.ceil(bytes / parts));
  }

  append(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.#handle, bytes, done, bytes.length - done, this.#size + done);
    this.#size += bytes.length;
    if (this.#size - this.#flushed >= this.#step) this.#flushAside();
  }

  /** All of it is on the disk. */
  sync(): void {
    fsyncSync(this.#handle);
  }

  close(): void {
    closeSync(this.#handle);
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
