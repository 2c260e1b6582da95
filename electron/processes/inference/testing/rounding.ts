import type { EngineModel } from '../native/engine-addon.ts';
import type { GenerationEvent, SchedulerOptions } from '../native/engine-scheduler.ts';

type Best = { token: number; logit: number }[];

/**
 * How far apart the same logits come out when the library computes them in other ways: alone or beside others, in small or large
 * chunks, with and without flash attention. Greedy answers may differ only where the two best are closer than that.
 */
export class Rounding {
  readonly #model: EngineModel;

  constructor(model: EngineModel) {
    this.#model = model;
  }

  /** The largest difference among the best logits after `prompts`. */
  async measure(prompts: readonly Int32Array[]): Promise<number> {
    const ways: SchedulerOptions[] = [
      { slots: 1 },
      { slots: 1, flashAttention: false },
      { slots: 1, batch: 32, microBatch: 32 },
      { slots: prompts.length, flashAttention: false },
      { slots: prompts.length },
    ];
    const results: Best[][] = [];
    for (const way of ways) results.push(await this.#best(prompts, way));
    let largest = 0;
    for (const [i, reference] of (results[0] ?? []).entries()) {
      for (const { token, logit } of reference) {
        for (const other of results.slice(1)) {
          const same = other[i]?.find((each) => each.token === token);
          if (same) largest = Math.max(largest, Math.abs(same.logit - logit));
        }
      }
    }
    return largest;
  }

  /** Logit of the best token after `tokens` less that of the second. */
  async gap(tokens: Int32Array): Promise<number> {
    const [best] = await this.#best([tokens], { slots: 1 });
    return (best?.[0]?.logit ?? 0) - (best?.[1]?.logit ?? 0);
  }

  async #best(prompts: readonly Int32Array[], options: SchedulerOptions): Promise<Best[]> {
    const best: Best[] = prompts.map(() => []);
    let left = prompts.length;
    let finish = () => undefined as void;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const take = (events: readonly GenerationEvent[]) => {
      for (const event of events) {
        if (event.kind === 'tokens' && event.probabilities) {
          const { tokens, logits } = event.probabilities;
          best[event.id] = [...tokens].map((token, i) => ({ token, logit: logits[i] ?? 0 }));
        }
        if (event.kind === 'end' && --left === 0) finish();
      }
    };
    const contextPerSlot = Math.max(...prompts.map(({ length }) => length)) + 8;
    const scheduler = await this.#model.createScheduler({ threads: 1, contextPerSlot, ...options }, take);
    for (const [id, tokens] of prompts.entries())
      scheduler.submit({ id, tokens, maxTokens: 1, probabilities: 8, ignoreEnd: true, cachePrompt: false });
    await finished;
    await scheduler.close();
    return best;
  }
}
