import type { EngineModel } from '../engine-addon.ts';
import type { EngineScheduler, GenerationEnd, GenerationRequest, SchedulerOptions, TokenProbabilities } from '../engine-scheduler.ts';

export type Generated = {
  readonly tokens: readonly number[];
  readonly text: string;
  readonly end: GenerationEnd;
  readonly probabilities: readonly TokenProbabilities[];
};
type Asked = Partial<GenerationRequest> & { readonly tokens: Int32Array };
type Pending = { tokens: number[]; bytes: Buffer[]; probabilities: TokenProbabilities[]; resolve(generated: Generated): void };

/** A scheduler whose requests are promises. */
export class Generator {
  readonly #pending = new Map<number, Pending>();
  /** Ids in the order of their ends. */
  readonly ended: number[] = [];
  #scheduler: EngineScheduler | null = null;
  #next = 1;

  static async of(model: EngineModel, options: SchedulerOptions = {}): Promise<Generator> {
    const generator = new Generator();
    generator.#scheduler = await model.createScheduler({ threads: 1, contextPerSlot: 512, ...options }, (events) => {
      for (const event of events) generator.#take(event);
    });
    return generator;
  }

  get scheduler(): EngineScheduler {
    if (!this.#scheduler) throw new Error('no scheduler');
    return this.#scheduler;
  }

  /** Greedy, 24 tokens, unless told otherwise. */
  start(asked: Asked, onTokens?: (count: number) => void): { id: number; done: Promise<Generated> } {
    const id = this.#next++;
    const { promise, resolve } = Promise.withResolvers<Generated>();
    const pending: Pending = { tokens: [], bytes: [], probabilities: [], resolve };
    this.#pending.set(id, pending);
    try {
      this.scheduler.submit({ id, maxTokens: 24, ...asked });
    } catch (error) {
      this.#pending.delete(id);
      throw error;
    }
    if (onTokens) this.#watchers.set(id, onTokens);
    return { id, done: promise };
  }

  run(asked: Asked): Promise<Generated> {
    return this.start(asked).done;
  }

  readonly #watchers = new Map<number, (count: number) => void>();

  #take(event: Parameters<Parameters<EngineModel['createScheduler']>[1]>[0][number]): void {
    const pending = this.#pending.get(event.id);
    if (!pending) throw new Error(`an event of ${event.id} after its end`);
    if (event.kind === 'tokens') {
      pending.tokens.push(...event.tokens);
      pending.bytes.push(event.bytes);
      if (event.probabilities) pending.probabilities.push(event.probabilities);
      this.#watchers.get(event.id)?.(pending.tokens.length);
    }
    if (event.kind !== 'end') return;
    this.#pending.delete(event.id);
    this.ended.push(event.id);
    const { tokens, bytes, probabilities } = pending;
    pending.resolve({ tokens, text: Buffer.concat(bytes).toString('latin1'), end: event, probabilities });
  }
}
