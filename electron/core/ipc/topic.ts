/**
 * Announces changes inside core. Each subscriber gets every value published after it subscribed, in order;
 * a subscriber that falls `limit` values behind loses the oldest (watchers re-read state, they keep no log).
 */
export class Topic<T> {
  readonly #subscribers = new Set<(value: T) => void>();
  readonly #limit: number;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  publish(value: T): void {
    for (const push of this.#subscribers) push(value);
  }

  /** Subscribes at once (not at the first `next`); ends when `signal` aborts or the iterator is left. */
  subscribe(signal?: AbortSignal): AsyncIterableIterator<T> {
    const queue: T[] = [];
    let wake: (() => void) | null = null;
    const state = { ended: signal?.aborted ?? false };
    const push = (value: T) => {
      queue.push(value);
      if (queue.length > this.#limit) queue.shift();
      wake?.();
    };
    const end = () => {
      state.ended = true;
      this.#subscribers.delete(push);
      signal?.removeEventListener('abort', end);
      wake?.();
    };
    if (!state.ended) {
      this.#subscribers.add(push);
      signal?.addEventListener('abort', end, { once: true });
    }
    return {
      async next() {
        while (queue.length === 0 && !state.ended) await new Promise<void>((resolve) => (wake = resolve));
        wake = null;
        return state.ended || queue.length === 0 ? { done: true, value: undefined } : { done: false, value: queue.shift() as T };
      },
      async return() {
        end();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
