/** Keeps what was added in the last `maxAgeMs`, at most `capacity` of it. The clock is monotonic. */
export class History<T> {
  readonly #entries: { readonly value: T; readonly addedAt: number }[] = [];
  readonly #maxAgeMs: number;
  readonly #capacity: number;
  readonly #now: () => number;

  constructor(maxAgeMs: number, capacity: number, now: () => number = () => performance.now()) {
    this.#maxAgeMs = maxAgeMs;
    this.#capacity = capacity;
    this.#now = now;
  }

  add(value: T): void {
    this.#entries.push({ value, addedAt: this.#now() });
    if (this.#entries.length > this.#capacity) this.#entries.shift();
    this.#dropOld();
  }

  /** Oldest first. */
  values(): T[] {
    this.#dropOld();
    return this.#entries.map(({ value }) => value);
  }

  #dropOld(): void {
    const oldest = this.#now() - this.#maxAgeMs;
    while ((this.#entries[0]?.addedAt ?? Infinity) < oldest) this.#entries.shift();
  }
}
