import type { HostedModel } from './hosted-model.ts';
import { AppError } from '../../core/errors.ts';

/** One L2-normalised vector per text, in order. Texts longer than the model's context are refused. */
export async function embed(hosted: HostedModel, texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
  hosted.embeddings += 1;
  try {
    const context = await hosted.embeddingContext();
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      signal.throwIfAborted();
      const tokens = context.calculateInputLength(text);
      const limit = Math.min(hosted.info.contextSize, hosted.model.trainContextSize);
      if (tokens === 0) throw new AppError('inference/empty-prompt', 'An empty text has no embedding.');
      if (tokens >= limit)
        throw new AppError(
          'inference/prompt-too-long',
          `A text has ${tokens} tokens and this model can embed ${limit - 1}. Split it into smaller passages.`,
          { promptTokens: tokens, contextSize: limit },
        );
      vectors.push(normalise((await context.getEmbeddingFor(text)).vector));
    }
    return vectors;
  } finally {
    hosted.embeddings -= 1;
  }
}

function normalise(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length > 0 ? value / length : 0));
}
