const minute = 60_000;

/** How many pages were read in the last minute. The clock is monotonic, in ms. */
export class PageRate {
  readonly #now: () => number;
  #batches: { readonly at: number; readonly pages: number }[] = [];

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  note(pages: number): void {
    this.#batches = [...this.#recent(), { at: this.#now(), pages }];
  }

  perMinute(): number {
    return this.#recent().reduce((sum, { pages }) => sum + pages, 0);
  }

  #recent(): { readonly at: number; readonly pages: number }[] {
    const oldest = this.#now() - minute;
    return this.#batches.filter(({ at }) => at > oldest);
  }
}
