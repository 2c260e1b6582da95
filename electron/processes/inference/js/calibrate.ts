import type { LlamaModel } from 'node-llama-cpp';

const budgetMs = 250;
const mostTokens = 24;
/** Models below this size may run best on a single thread. */
const smallModelBytes = 200 * 2 ** 20;
/** Models below this size always do, and are not measured. */
const tinyModelBytes = 16 * 2 ** 20;
/** More threads must be this much faster to be taken. */
const worthIt = 1.15;

/**
 * How few threads generate (nearly) fastest with this model on this machine now. Fewer than there are cores often win, because
 * llama.cpp's threads wait for each other by spinning: a core that something else needs stalls them all (measured with a
 * 2-million-parameter model on two busy cores: 1,350 tokens/s with one thread, 60 with two).
 */
export async function bestThreads(model: LlamaModel, cores: number): Promise<number> {
  if (model.size < tinyModelBytes) return 1;
  const candidates = new Set(
    [cores, cores - 1, Math.ceil(cores / 2), ...(model.size < smallModelBytes ? [1] : [])].filter((threads) => threads >= 1),
  );
  let best = { threads: cores, tokensPerSecond: 0 };
  for (const threads of [...candidates].sort((a, b) => a - b)) {
    const tokensPerSecond = candidates.size === 1 ? 1 : await measure(model, threads);
    if (tokensPerSecond > best.tokensPerSecond * worthIt) best = { threads, tokensPerSecond };
  }
  return best.threads;
}

async function measure(model: LlamaModel, threads: number): Promise<number> {
  const context = await model.createContext({ contextSize: 256, sequences: 1, threads, failedCreationRemedy: false });
  try {
    let tokens = 0;
    let started = 0;
    for await (const _ of context.getSequence().evaluate(model.tokenize('The '), { temperature: 0, yieldEogToken: true })) {
      if (tokens === 0) started = performance.now();
      if (++tokens > 2 && (tokens > mostTokens || performance.now() - started > budgetMs)) break;
    }
    return (tokens - 1) / ((performance.now() - started) / 1000);
  } finally {
    await context.dispose();
  }
}
