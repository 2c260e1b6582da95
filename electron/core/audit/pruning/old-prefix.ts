/** When a leaf says it was written, by both clocks. */
export type LeafTimes = { readonly sequence: number; readonly at: number; readonly uptimeMs: number; readonly boot: string };

/**
 * How far from its beginning the log is surely older than `cutoff`, for a wall clock that may have been wrong whenever a
 * leaf was written. A leaf counts as written at the latest of: what its wall clock said; what those of the leaves before
 * it said; and what later leaves of the same boot say once the uptime between is taken off. So neither a clock that was
 * set back nor one that was ahead makes a leaf older than it is, unless it was wrong over whole boots since the log began.
 */
export class OldPrefix {
  readonly #cutoff: number;
  #end = 0;
  #done = false;
  #boot: string | null = null;
  /** The latest start of the boot, by the wall clock, that any of its leaves shows. */
  #bootAt = Number.NEGATIVE_INFINITY;
  /** Of this boot, up to the first that says itself that it is too new. */
  #leaves: LeafTimes[] = [];
  #newer = false;

  constructor(cutoff: number) {
    this.#cutoff = cutoff;
  }

  /** In order; false once no further leaf changes anything. */
  add(leaf: LeafTimes): boolean {
    if (leaf.boot !== this.#boot) this.#settle();
    if (this.#done) return false;
    this.#boot = leaf.boot;
    this.#bootAt = Math.max(this.#bootAt, leaf.at - leaf.uptimeMs);
    if (leaf.at > this.#cutoff) this.#newer = true;
    if (!this.#newer) this.#leaves.push(leaf);
    return !this.#newer || this.#leaves.length > 0;
  }

  /** Every leaf below this sequence is old enough. */
  end(): number {
    this.#settle();
    return this.#end;
  }

  #settle(): void {
    for (const { sequence, uptimeMs } of this.#leaves) {
      if (this.#bootAt + uptimeMs > this.#cutoff) {
        this.#newer = true;
        break;
      }
      this.#end = sequence + 1;
    }
    this.#done ||= this.#newer;
    this.#leaves = [];
    this.#bootAt = Number.NEGATIVE_INFINITY;
  }
}
