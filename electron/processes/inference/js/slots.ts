import type { LlamaContextSequence, Token } from 'node-llama-cpp';

/** One of a model's places to generate in. Its sequence keeps the last request's tokens, so an equal beginning need not be read again. */
export type Slot = { readonly index: number; readonly sequence: LlamaContextSequence; busy: boolean; lastUsed: number };

type Waiter = { tokens: readonly Token[]; resolve(slot: Slot): void };

/** Hands out a model's slots: first come, first served; of the free ones the one that saves most reading. */
export class Slots {
  readonly #slots: readonly Slot[];
  readonly #waiting: Waiter[] = [];
  #clock = 0;

  constructor(sequences: readonly LlamaContextSequence[]) {
    this.#slots = sequences.map((sequence, index) => ({ index, sequence, busy: false, lastUsed: 0 }));
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
    slot.lastUsed = ++this.#clock;
    this.#dispatch();
  }

  #dispatch(): void {
    for (;;) {
      const [waiter] = this.#waiting;
      const free = this.#slots.filter((slot) => !slot.busy);
      if (!waiter || free.length === 0) return;
      this.#waiting.shift();
      const slot = bestOf(free, waiter.tokens);
      slot.busy = true;
      waiter.resolve(slot);
    }
  }
}

/**
 * The slot whose kept beginning is worth most: what is shared, less half of what would be forgotten. Where none gains anything it is
 * the one unused for longest, so that a new chat does not push out one that goes on.
 */
function bestOf(free: readonly Slot[], tokens: readonly Token[]): Slot {
  const gain = (slot: Slot) => {
    const kept = slot.sequence.contextTokens;
    const shared = sharedPrefix(kept, tokens);
    return shared - (kept.length - shared) / 2;
  };
  const rated = free.map((slot) => ({ slot, gain: Math.max(0, gain(slot)) }));
  return rated.reduce((best, other) =>
    other.gain > best.gain || (other.gain === best.gain && other.slot.lastUsed < best.slot.lastUsed) ? other : best,
  ).slot;
}

function sharedPrefix(a: readonly Token[], b: readonly Token[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}
