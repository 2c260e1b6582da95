import { AppError, isAbort } from '../../core/errors.ts';
import { textOf } from './llama.ts';

/** Runs a request under its time limit and turns what it throws into what the protocol names. */
export async function underLimits<T>(signal: AbortSignal, timeoutMs: number, work: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    return await work(limit);
  } catch (error) {
    if (signal.aborted) throw new AppError('request/cancelled', 'The request was cancelled.');
    if (limit.aborted) throw timedOut(timeoutMs);
    if (error instanceof AppError || isAbort(error)) throw error;
    throw new AppError(
      'inference/failed',
      `The engine failed while it worked on this request: ${textOf(error)}. Try again; if it happens every time, load the model anew.`,
      {},
      { cause: error },
    );
  }
}

/** How many tokens an answer may have; refuses an empty prompt and one that leaves no room. */
export function roomFor(promptTokens: number, contextSize: number): number {
  if (promptTokens === 0) throw new AppError('inference/empty-prompt', 'There is nothing to answer: the prompt is empty.');
  const room = contextSize - promptTokens - 1;
  if (room < 1)
    throw new AppError(
      'inference/prompt-too-long',
      `The prompt has ${promptTokens} tokens and this model can read ${contextSize}, answer included. Shorten the text or choose a model with a larger context.`,
      { promptTokens, contextSize },
    );
  return room;
}

export function embeddingsOnly(): AppError {
  return new AppError('inference/not-loaded', 'This model was loaded for embeddings only. Load it again to generate text.');
}

/** Refuses a text that has no embedding or does not fit. */
export function checkEmbeddable(tokens: number, limit: number): void {
  if (tokens === 0) throw new AppError('inference/empty-prompt', 'An empty text has no embedding.');
  if (tokens >= limit)
    throw new AppError(
      'inference/prompt-too-long',
      `A text has ${tokens} tokens and this model can embed ${limit - 1}. Split it into smaller passages.`,
      { promptTokens: tokens, contextSize: limit },
    );
}

/** `vector` with the length 1. */
export function normalise(vector: ArrayLike<number>): Float32Array {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] ?? 0) ** 2;
  const length = Math.sqrt(squares);
  return Float32Array.from(vector, (value) => (length > 0 ? value / length : 0));
}

function timedOut(timeoutMs: number): AppError {
  return new AppError(
    'inference/timeout',
    `The model did not finish within ${Math.round(timeoutMs / 1000)} seconds. Allow more time, ask for less, or use a smaller model.`,
    { timeoutMs },
  );
}
