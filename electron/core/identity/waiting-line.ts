import { AppError } from '../errors.ts';

/** Runs one piece of work after the other; who comes when too many wait is sent away. */
export class WaitingLine {
  readonly #places: number;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(places: number) {
    this.#places = places;
  }

  /** @throws AppError `vault/too-busy`, and what `work` throws */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting >= this.#places)
      return Promise.reject(
        new AppError('vault/too-busy', 'Too many people try to sign in at once. Nothing was changed. Try again in a moment.'),
      );
    this.#waiting += 1;
    const done = this.#last.then(work).finally(() => (this.#waiting -= 1));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when what waits now is done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
