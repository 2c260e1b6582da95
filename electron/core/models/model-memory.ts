import type { MemoryFit } from '../contract/models.ts';
import type { ModelRecord } from './model-record.ts';

const mostContext = 8_192;
const leastContext = 2_048;
const mostSequences = 4;
const batchTokens = 512;
const fixedBytes = 32 * 2 ** 20;

export type MemoryPlan = { readonly fit: MemoryFit; readonly sequences: number };

/**
 * How a model would be loaded with `availableBytes` of main memory free: the largest context (at most 8,192 tokens) and,
 * with it, the most parallel requests (at most four) that fit. An estimate: weights + cache + one batch of activations;
 * memory of graphics cards is not counted.
 */
export function planMemory(model: Pick<ModelRecord, 'header' | 'cacheBytesPerToken'>, availableBytes: number): MemoryPlan {
  const { header, cacheBytesPerToken } = model;
  const workBytes = fixedBytes + batchTokens * 4 * Math.max(header.vocabularySize ?? 0, 4 * (header.embeddingLength ?? 0));
  const planFor = (contextSize: number, sequences: number): MemoryPlan => {
    const contextBytes = cacheBytesPerToken * contextSize * sequences + workBytes;
    const requiredBytes = header.fileSize + contextBytes;
    const fits = requiredBytes <= availableBytes;
    return { fit: { contextSize, modelBytes: header.fileSize, contextBytes, requiredBytes, availableBytes, fits }, sequences };
  };
  const largest = Math.max(1, Math.min(header.contextLength ?? leastContext, mostContext));
  for (let contextSize = largest; contextSize >= Math.min(largest, leastContext); contextSize = Math.floor(contextSize / 2)) {
    for (let sequences = mostSequences; sequences >= 1; sequences /= 2) {
      const plan = planFor(contextSize, sequences);
      if (plan.fit.fits) return plan;
    }
  }
  return planFor(Math.min(largest, leastContext), 1);
}
