import { setTimeout as pause } from 'node:timers/promises';
import { isAbort } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { SearchIndex } from './search-index.ts';

/** Leaves taken in before others get their turn, and the rest between two such batches, ms. */
const batch = 250;
const restMs = 5;
/** While it is up to date it looks again so often, ms; a search takes in what is new by itself. */
const lookMs = 5_000;

/** Lets the index follow the log while nothing is searched, so that no search has to wait for it. */
export class IndexFollower {
  readonly #index: SearchIndex;
  readonly #log: Log;
  readonly #closed = new AbortController();
  #work: Promise<void> = Promise.resolve();

  constructor(index: SearchIndex, log: Log) {
    this.#index = index;
    this.#log = log;
  }

  start(): void {
    this.#work = this.#follow().catch((error: unknown) => {
      if (!isAbort(error)) this.#log.bug('audit.search', error);
    });
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#work;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#closed;
    for (;;) {
      const before = this.#index.edge;
      const moved = this.#index.catchUp(batch) > before;
      await pause(moved ? restMs : lookMs, undefined, { signal, ref: false });
    }
  }
}
