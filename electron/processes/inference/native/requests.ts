import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineModel } from './engine-addon.ts';
import type { EngineScheduler, GenerationEnd, GenerationEvent, GenerationRequest, SchedulerOptions } from './engine-scheduler.ts';

export type Tokens = Extract<GenerationEvent, { kind: 'tokens' }>;
type Running = { onTokens(event: Tokens): void; end(event: GenerationEnd): void };

/** A model's scheduler as promises: each request gets its own events and settles at its end. */
export class Requests {
  readonly options: Readonly<Required<Pick<SchedulerOptions, 'slots' | 'contextPerSlot'>>>;
  readonly #running = new Map<number, Running>();
  #scheduler!: EngineScheduler;
  #lastId = 0;

  private constructor(options: SchedulerOptions & { slots: number; contextPerSlot: number }) {
    this.options = options;
  }

  static async over(model: EngineModel, options: SchedulerOptions & { slots: number; contextPerSlot: number }): Promise<Requests> {
    const requests = new Requests(options);
    requests.#scheduler = await model.createScheduler(options, (events) => requests.#take(events));
    return requests;
  }

  /** Requests that have a slot and that wait for one. */
  get load(): { active: number; queued: number } {
    const active = Math.min(this.options.slots, this.#running.size);
    return { active, queued: this.#running.size - active };
  }

  /** Resolves at the end of the request, which `signal` brings about within a step. Throws what the scheduler refuses. */
  async run(request: Omit<GenerationRequest, 'id'>, signal: AbortSignal, onTokens: (event: Tokens) => void): Promise<GenerationEnd> {
    signal.throwIfAborted();
    const id = ++this.#lastId;
    const cancel = () => this.#scheduler.cancel(id);
    const ended = new Promise<GenerationEnd>((end) => this.#running.set(id, { onTokens, end }));
    try {
      this.#scheduler.submit({ ...request, id });
      signal.addEventListener('abort', cancel, { once: true });
      return await ended;
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#running.delete(id);
    }
  }

  saveState(tokens: readonly number[]): Promise<Buffer> {
    return this.#scheduler.saveState(Int32Array.from(tokens));
  }

  restoreState(state: Uint8Array): Promise<Int32Array> {
    return this.#scheduler.restoreState(state);
  }

  async close(): Promise<void> {
    await this.#scheduler.close();
    // The ends of what was running are on their way still.
    await sleep(0);
  }

  #take(events: readonly GenerationEvent[]): void {
    for (const event of events) {
      const running = this.#running.get(event.id);
      if (event.kind === 'tokens') running?.onTokens(event);
      else if (event.kind === 'end') running?.end(event);
    }
  }
}
