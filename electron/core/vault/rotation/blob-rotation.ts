import type { Blobs } from '../blobs.ts';

export type BlobProgress = { readonly done: number; readonly bytes: number };

/** Who watches hears of it this often, ms. */
const progressMs = 200;

/** Writes every blob under the current epoch, one after the other; those that are already are passed over. */
export class BlobRotation {
  readonly #blobs: Blobs;

  constructor(blobs: Blobs) {
    this.#blobs = blobs;
  }

  /**
   * Resolves when no blob needs an older key any more. Damaged ones are counted and left as they are: no key reads them.
   * @throws what the disk says, for example that it is full; it can be run again
   */
  async run(signal: AbortSignal, onProgress: (progress: BlobProgress) => void): Promise<{ damaged: number }> {
    let [done, bytes, damaged, shownAt] = [0, 0, 0, 0];
    for (const id of this.#blobs.ids()) {
      signal.throwIfAborted();
      if (this.#blobs.isOfOlderEpoch(id)) {
        if ((await this.#blobs.reencrypt(id, signal)) === 'damaged') damaged += 1;
        bytes += this.#blobs.diskBytes(id) ?? 0;
      }
      done += 1;
      const now = Date.now();
      if (now - shownAt < progressMs) continue;
      shownAt = now;
      onProgress({ done, bytes });
      // Many small files must not keep everything else waiting.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { damaged };
  }
}
