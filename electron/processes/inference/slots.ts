import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { AppError } from '../../core/errors.ts';

/** One of a model's places to generate in. Its sequence keeps the last request's tokens, so an equal beginning need not be read again. */
export type Slot = { readonly sequence: LlamaContextSequence; busy: boolean };

type Waiter = { tokens: readonly Token[]; resolve(slot: Slot): void };

/** Hands out a model's slots: first come, first served; of the free ones the one that shares most with the prompt. */
export class Slots {
  readonly #slots: readonly Slot[];
  readonly #waiting: Waiter[] = [];

  constructor(sequences: readonly LlamaContextSequence[]) {
    this.#slots = sequences.map((sequence) => ({ sequence, busy: false }));
  }

  get active(): number {
    return this.#slots.filter((slot) => slot.busy).length;
  }

  get queued(): number {
    return this.#waiting.length;
  }

  /** Waits for a slot; rejects when `signal` aborts. The caller gives it back with `release`. */
  acquire(tokens: readonly Token[], signal: AbortSignal): Promise<Slot> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const abort = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        tokens,
        resolve: (slot) => {
          signal.removeEventListener('abort', abort);
          resolve(slot);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.push(waiter);
      this.#dispatch();
    });
  }

  release(slot: Slot): void {
    slot.busy = false;
    this.#dispatch();
  }

  /** Refuses when requests are running or waiting. */
  ensureIdle(): void {
    if (this.active + this.queued > 0)
      throw new AppError('inference/busy', 'This model is answering requests. Stop them first or wait until they are done.', {
        active: this.active,
        queued: this.queued,
      });
  }

  #dispatch(): void {
    for (;;) {
      const [waiter] = this.#waiting;
      const free = this.#slots.filter((slot) => !slot.busy);
      if (!waiter || free.length === 0) return;
      this.#waiting.shift();
      const shared = (slot: Slot) => sharedPrefix(slot.sequence.contextTokens, waiter.tokens);
      const slot = free.reduce((best, other) => (shared(other) > shared(best) ? other : best));
      slot.busy = true;
      waiter.resolve(slot);
    }
  }
}

function sharedPrefix(a: readonly Token[], b: readonly Token[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}
