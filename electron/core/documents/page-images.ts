import type { PageImage } from '../contract/documents.ts';
import type { WorkerCaller } from '../ipc/worker-link.ts';
import type { ReaderProtocol } from './reader.protocol.ts';

/** Drawn pages kept in memory, characters of base64 in all. */
const largestCache = 48 * 1024 * 1024;

type Wanted = { blob: string; name: string; number: number; maxSide: number; bytes(): Uint8Array };

/** Draws pages through the documents process and keeps the last ones, because a viewer goes back and forth. */
export class PageImages {
  readonly #reader: WorkerCaller<ReaderProtocol>;
  /** In the order of last use. */
  readonly #kept = new Map<string, PageImage>();
  #size = 0;

  constructor(reader: WorkerCaller<ReaderProtocol>) {
    this.#reader = reader;
  }

  async get({ blob, name, number, maxSide, bytes }: Wanted, signal?: AbortSignal): Promise<PageImage> {
    const key = `${blob}:${number}:${maxSide}`;
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const drawn = await this.#reader.call('renderPage', { bytes: bytes(), name, number, maxSide }, { signal });
    const image: PageImage = {
      mediaType: drawn.mediaType,
      base64: Buffer.from(drawn.bytes).toString('base64'),
      width: drawn.width,
      height: drawn.height,
    };
    this.#keep(key, image);
    return image;
  }

  forget(blob: string): void {
    for (const key of this.#kept.keys()) if (key.startsWith(`${blob}:`)) this.#drop(key);
  }

  #keep(key: string, image: PageImage): void {
    this.#drop(key);
    this.#kept.set(key, image);
    this.#size += image.base64.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= largestCache) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#size -= this.#kept.get(key)?.base64.length ?? 0;
    this.#kept.delete(key);
  }
}
