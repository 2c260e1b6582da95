import { setTimeout as sleep } from 'node:timers/promises';
import type { Token } from 'node-llama-cpp';
import type { BatchOrder } from './batch-order.ts';
import type { Slot } from './slots.ts';

/** While others write, a prompt may take this part of the time, so that they are slowed down by no more. */
const shareBesideOthers = 0.22;

/**
 * Reads all tokens but the last, whose evaluation makes the first new one. llama.cpp cannot stop inside a batch, so the
 * chunks are cut to take about a quarter of a second each; `signal` is looked at between them.
 */
export async function prefill(
  { sequence, index }: Slot,
  tokens: readonly Token[],
  { order, onGpu }: { order: BatchOrder; onGpu: boolean },
  signal: AbortSignal,
): Promise<void> {
  const body = tokens.slice(0, -1);
  await sequence.adaptStateToTokens(body, false);
  let size = onGpu ? 512 : 64;
  for (let at = sequence.nextTokenIndex; at < body.length;) {
    signal.throwIfAborted();
    const chunk = body.slice(at, at + size);
    const started = performance.now();
    order.begin(index);
    await sequence
      .evaluateWithoutGeneratingNewTokens(chunk, { evaluationPriority: order.priorityOf(index) })
      .finally(() => order.end(index));
    const ms = performance.now() - started;
    at += chunk.length;
    if (ms < 150 && chunk.length === size) size = Math.min(512, size * 2);
    else if (ms > 400) size = Math.max(16, size / 2);
    if (order.hasOthers(index) && at < body.length) await sleep(ms / shareBesideOthers - ms, undefined, { signal });
  }
  signal.throwIfAborted();
}
