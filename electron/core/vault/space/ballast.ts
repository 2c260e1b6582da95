import { randomFillSync } from 'node:crypto';
import { renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';

const pieceBytes = 1024 * 1024;

/**
 * A file that does nothing but take room, so that there is room to give up when the disk is full. It holds random
 * bytes: zeros would take none where the file system packs them.
 */
export class Ballast {
  readonly #file: string;
  #filling: Promise<void> | null = null;

  constructor(file: string) {
    this.#file = file;
    rmSync(`${file}.new`, { force: true });
  }

  /** Bytes that can be given up now. */
  get bytes(): number {
    return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Gives the room up. False where there was none. */
  release(): boolean {
    const had = this.bytes > 0;
    rmSync(this.#file, { force: true });
    return had;
  }

  /** Takes `bytes` of room, if it is not there already; a disk that fills up meanwhile gets it back. */
  fill(bytes: number, signal?: AbortSignal): Promise<void> {
    this.#filling ??= this.#fill(bytes, signal).finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  async #fill(bytes: number, signal?: AbortSignal): Promise<void> {
    if (this.bytes > 0 || bytes <= 0) return;
    const unfinished = `${this.#file}.new`;
    try {
      const handle = await open(unfinished, 'w', 0o600);
      try {
        const piece = Buffer.allocUnsafe(pieceBytes);
        for (let at = 0; at < bytes;) {
          signal?.throwIfAborted();
          const length = Math.min(pieceBytes, bytes - at);
          at += (await handle.write(randomFillSync(piece), 0, length, at)).bytesWritten;
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      renameSync(unfinished, this.#file);
    } catch (error) {
      rmSync(unfinished, { force: true });
      throw error;
    }
  }
}
