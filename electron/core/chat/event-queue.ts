import type { ChatEvent } from '../contract/chat.ts';

/** Shortest time between two deltas: one frame of a 60 Hz screen. */
const frameMs = 16;

/**
 * Events on their way from the model to the page. Text that arrives faster than it is taken, or than a screen draws, is sent as
 * one delta.
 */
export class ChatEventQueue {
  readonly #events: ChatEvent[] = [];
  #ended = false;
  #wake: () => void = () => undefined;
  #lastDeltaAt = 0;

  push(event: ChatEvent): void {
    const last = this.#events.at(-1);
    if (event.type === 'delta' && last?.type === 'delta') last.text += event.text;
    else this.#events.push({ ...event });
    this.#wake();
  }

  /** No more events follow; those not taken yet are still delivered. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  async *read(): AsyncGenerator<ChatEvent, void, void> {
    for (;;) {
      const next = this.#events[0];
      if (next === undefined) {
        if (this.#ended) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      const early = next.type === 'delta' && !this.#ended ? this.#lastDeltaAt + frameMs - performance.now() : 0;
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      if (next.type === 'delta') this.#lastDeltaAt = performance.now();
      this.#events.shift();
      yield next;
    }
  }
}
