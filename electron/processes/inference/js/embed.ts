import type { LlamaEmbeddingContext } from 'node-llama-cpp';
import { checkEmbeddable, normalise } from '../request-errors.ts';

/** One L2-normalised vector per text, in order; texts of `limit` tokens and more are refused. */
export async function embed(
  context: LlamaEmbeddingContext,
  limit: number,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const text of texts) {
    signal.throwIfAborted();
    checkEmbeddable(context.calculateInputLength(text), limit);
    vectors.push(normalise((await context.getEmbeddingFor(text)).vector));
  }
  return vectors;
}
