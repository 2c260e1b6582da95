/**
 * Looks for stop texts in a stream of pieces. What might be the beginning of a stop text is held back until it is clear.
 */
export class StopFilter {
  readonly #stops: readonly string[];
  #held = '';
  #stopped = false;

  constructor(stops: readonly string[]) {
    this.#stops = stops.filter((stop) => stop !== '');
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** The part of `piece` (and of what was held back) that can be shown. */
  push(piece: string): string {
    if (this.#stopped) return '';
    const text = this.#held + piece;
    const at = Math.min(...this.#stops.map((stop) => text.indexOf(stop)).filter((index) => index >= 0));
    if (Number.isFinite(at)) {
      this.#stopped = true;
      this.#held = '';
      return text.slice(0, at);
    }
    const keep = this.#partialStop(text);
    this.#held = keep === 0 ? '' : text.slice(-keep);
    return text.slice(0, text.length - keep);
  }

  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  /** Length of the longest end of `text` that a stop text begins with. */
  #partialStop(text: string): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
