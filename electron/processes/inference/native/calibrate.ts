import type { EngineModel } from './engine-addon.ts';
import type { GenerationEnd } from './engine-scheduler.ts';

const measuredTokens = 24;
/** Models below this size may write best on a single thread. */
const smallModelBytes = 200 * 2 ** 20;
/** Models below this size always do, and are not measured. */
const tinyModelBytes = 16 * 2 ** 20;
/** More threads must be this much faster to be taken. */
const worthIt = 1.15;

/** How few threads write (nearly) fastest with this model on this machine now: llama.cpp's threads wait for each other by spinning. */
export async function bestThreads(model: EngineModel, cores: number): Promise<number> {
  const { bytes } = model.info();
  if (isTiny(model)) return 1;
  const candidates = new Set([cores, cores - 1, Math.ceil(cores / 2), ...(bytes < smallModelBytes ? [1] : [])].filter((n) => n >= 1));
  if (candidates.size === 1) return cores;
  let best = { threads: cores, tokensPerSecond: 0 };
  for (const threads of [...candidates].sort((a, b) => a - b)) {
    const tokensPerSecond = await measure(model, threads);
    if (tokensPerSecond > best.tokensPerSecond * worthIt) best = { threads, tokensPerSecond };
  }
  return best.threads;
}

/** Best on one thread, whatever it does. */
export function isTiny(model: EngineModel): boolean {
  return model.info().bytes < tinyModelBytes;
}

async function measure(model: EngineModel, threads: number): Promise<number> {
  let finish: (end: GenerationEnd) => void;
  const ended = new Promise<GenerationEnd>((resolve) => (finish = resolve));
  const scheduler = await model.createScheduler({ slots: 1, contextPerSlot: 256, batch: 64, threads }, (events) => {
    for (const event of events) if (event.kind === 'end') finish(event);
  });
  try {
    scheduler.submit({ id: 1, tokens: model.tokenize('The '), maxTokens: measuredTokens, ignoreEnd: true });
    const { outputTokens, timings } = await ended;
    return (outputTokens - 1) / (timings.decodeMs / 1000);
  } finally {
    await scheduler.close();
  }
}
