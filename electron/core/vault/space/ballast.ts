import { randomFillSync } from 'node:crypto';
import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';

const pieceBytes = 1024 * 1024;
const datasync = promisify(fdatasync);

/**
 * A file that does nothing but take room, so that there is room to give up when the disk is full. It holds random
 * bytes: zeros would take none where the file system packs them.
 */
export class Ballast {
  readonly #file: string;
  #filling: Promise<void> | null = null;
  #stopsFilling = false;

  constructor(file: string) {
    this.#file = file;
  }

  /** Bytes that can be given up now. */
  get bytes(): number {
    return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Gives `bytes` of the room up, or what is left of it: who else writes to a full disk takes whatever is more. False where there was none. */
  release(bytes: number): boolean {
    this.#stopsFilling = true;
    const had = this.bytes;
    if (had === 0) return false;
    if (had <= bytes) rmSync(this.#file, { force: true });
    else truncateSync(this.#file, had - bytes);
    return true;
  }

  /** Takes room until it is `bytes`; a disk that fills up meanwhile gets it back, and what is released ends it. */
  fill(bytes: number, signal?: AbortSignal): Promise<void> {
    this.#filling ??= this.#fill(bytes, signal).finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  async #fill(bytes: number, signal?: AbortSignal): Promise<void> {
    this.#stopsFilling = false;
    const handle = openSync(this.#file, 'a', 0o600);
    try {
      const before = fstatSync(handle).size;
      try {
        // A piece is written at once: none may still be on its way when room is given up.
        const piece = Buffer.allocUnsafe(pieceBytes);
        for (let left = bytes - before; left > 0 && !this.#stopsFilling;) {
          left -= writeSync(handle, randomFillSync(piece), 0, Math.min(pieceBytes, left));
          await nextTurn(undefined, { signal });
        }
        await datasync(handle);
      } catch (error) {
        if (!signal?.aborted && !this.#stopsFilling) ftruncateSync(handle, before);
        throw error;
      }
    } finally {
      closeSync(handle);
    }
  }
}
