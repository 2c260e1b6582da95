export type Usage = { readonly bytes: number; readonly count: number };

/**
 * Bytes and number of the blobs on disk, kept as blobs come and go. Figures that a crash made doubtful are counted anew
 * while the vault is in use: folder by folder, each in one go, so that nothing that happens meanwhile is counted twice.
 */
export class BlobUsage {
  #bytes = 0;
  #count = 0;
  #isExact = true;
  #recount: { readonly counted: Set<string>; bytes: number; count: number } | null = null;

  get now(): Usage {
    return { bytes: this.#bytes, count: this.#count };
  }

  /** False from a start with doubtful figures until they were counted anew. */
  get isExact(): boolean {
    return this.#isExact;
  }

  /** What the vault knew when it was closed. */
  start(known: Usage, isExact: boolean): void {
    this.#bytes = known.bytes;
    this.#count = known.count;
    this.#isExact = isExact;
  }

  change(folder: string, bytes: number, count: number): void {
    this.#bytes += bytes;
    this.#count += count;
    if (!this.#recount?.counted.has(folder)) return;
    this.#recount.bytes += bytes;
    this.#recount.count += count;
  }

  /** Counts every folder anew with `count`; other work runs between two folders. */
  async recount(folders: readonly string[], count: (folder: string) => Usage, signal?: AbortSignal): Promise<void> {
    const recount = { counted: new Set<string>(), bytes: 0, count: 0 };
    this.#recount = recount;
    for (const folder of folders) {
      if (signal?.aborted || this.#recount !== recount) return;
      const found = count(folder);
      recount.counted.add(folder);
      recount.bytes += found.bytes;
      recount.count += found.count;
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#bytes = recount.bytes;
    this.#count = recount.count;
    this.#isExact = true;
    this.#recount = null;
  }
}
