import { LlamaGrammarEvaluationState, type Token } from 'node-llama-cpp';
import type { GenerateParams, GenerateResult } from '../../core/inference/engine.protocol.ts';
import { AppError, isAbort } from '../../core/errors.ts';
import { AnswerText } from './answer-text.ts';
import { EventBatch } from './event-batch.ts';
import { grammarOf } from './grammar.ts';
import type { HostedModel } from './hosted-model.ts';
import { textOf } from './llama.ts';
import { prepare, type PreparedPrompt } from './prompt-tokens.ts';
import type { Slot, Slots } from './slots.ts';

type Emit = (event: { text: string; tokens: number }) => void;
type Clock = { readonly started: number; firstToken: number | null };

/** Runs one request: waits for a slot, reads the prompt in chunks, generates. `signal` cancels between chunks and between tokens. */
export async function generate(hosted: HostedModel, params: GenerateParams, signal: AbortSignal, emit: Emit): Promise<GenerateResult> {
  const { slots } = hosted;
  if (!slots) throw new AppError('inference/not-loaded', 'This model was loaded for embeddings only. Load it again to generate text.');
  const clock: Clock = { started: performance.now(), firstToken: null };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(params.timeoutMs)]);
  try {
    return await inSlot(hosted, slots, params, limit, emit, clock);
  } catch (error) {
    if (signal.aborted) throw new AppError('request/cancelled', 'The request was cancelled.');
    if (limit.aborted) throw timedOut(params.timeoutMs);
    if (error instanceof AppError || isAbort(error)) throw error;
    throw new AppError(
      'inference/failed',
      `The engine failed while it worked on this request: ${textOf(error)}. Try again; if it happens every time, load the model anew.`,
      {},
      { cause: error },
    );
  }
}

async function inSlot(
  hosted: HostedModel,
  slots: Slots,
  params: GenerateParams,
  signal: AbortSignal,
  emit: Emit,
  clock: Clock,
): Promise<GenerateResult> {
  const prompt = prepare(hosted.model, hosted.wrapper, params.prompt);
  const { tokens } = prompt;
  const room = hosted.info.contextSize - tokens.length - 1;
  if (tokens.length === 0) throw new AppError('inference/empty-prompt', 'There is nothing to answer: the prompt is empty.');
  if (room < 1) throw tooLong(tokens.length, hosted.info.contextSize);
  const grammar = await grammarOf(hosted.open.llama, params);
  const slot = await slots.acquire(tokens, signal);
  try {
    await prefill(hosted, slot, tokens, signal);
    const state = grammar && new LlamaGrammarEvaluationState({ model: hosted.model, grammar });
    const limit = Math.min(params.maxTokens, room);
    const output = await decode(hosted, slot, { params, prompt, state, limit }, signal, emit, clock);
    const since = (at: number) => Math.round(at - clock.started);
    return {
      ...output,
      promptTokens: tokens.length,
      firstTokenMs: clock.firstToken === null ? null : since(clock.firstToken),
      durationMs: since(performance.now()),
    };
  } finally {
    slots.release(slot);
  }
}

/**
 * Reads all tokens but the last, whose evaluation makes the first new one. llama.cpp cannot stop inside a batch, so the
 * chunks are cut to take about a quarter of a second each.
 */
async function prefill(hosted: HostedModel, { sequence }: Slot, tokens: readonly Token[], signal: AbortSignal): Promise<void> {
  const body = tokens.slice(0, -1);
  await sequence.adaptStateToTokens(body, false);
  let size = hosted.open.gpu === 'cpu' ? 64 : 512;
  for (let at = sequence.nextTokenIndex; at < body.length;) {
    signal.throwIfAborted();
    const chunk = body.slice(at, at + size);
    const started = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(chunk);
    const ms = performance.now() - started;
    at += chunk.length;
    if (ms < 150 && chunk.length === size) size = Math.min(512, size * 2);
    else if (ms > 400) size = Math.max(16, size / 2);
  }
  signal.throwIfAborted();
}

type Decoding = { params: GenerateParams; prompt: PreparedPrompt; state: LlamaGrammarEvaluationState | null; limit: number };
type Output = Pick<GenerateResult, 'text' | 'outputTokens' | 'stopReason'>;

async function decode(
  hosted: HostedModel,
  { sequence }: Slot,
  { params, prompt, state, limit }: Decoding,
  signal: AbortSignal,
  emit: Emit,
  clock: Clock,
): Promise<Output> {
  const answer = new AnswerText(hosted.model, prompt, state === null);
  const batch = new EventBatch(emit);
  let text = '';
  const show = (piece: string, tokens: number) => {
    text += piece;
    batch.push(piece, tokens);
  };
  let outputTokens = 0;
  try {
    const options = {
      temperature: params.temperature,
      ...(params.seed === undefined ? {} : { seed: params.seed }),
      ...(state ? { grammarEvaluationState: state } : {}),
    };
    for await (const token of sequence.evaluate(prompt.tokens.slice(-1), options)) {
      clock.firstToken ??= performance.now();
      signal.throwIfAborted();
      outputTokens += 1;
      show(answer.push(token), 1);
      if (answer.stopped || outputTokens >= limit) break;
    }
    signal.throwIfAborted();
    show(answer.end(), 0);
  } finally {
    batch.flush();
  }
  return { text, outputTokens, stopReason: outputTokens >= limit && !answer.stopped ? 'length' : 'end' };
}

function tooLong(promptTokens: number, contextSize: number): AppError {
  return new AppError(
    'inference/prompt-too-long',
    `The prompt has ${promptTokens} tokens and this model can read ${contextSize}, answer included. Shorten the text or choose a model with a larger context.`,
    { promptTokens, contextSize },
  );
}

function timedOut(timeoutMs: number): AppError {
  return new AppError(
    'inference/timeout',
    `The model did not finish within ${Math.round(timeoutMs / 1000)} seconds. Allow more time, ask for less, or use a smaller model.`,
    { timeoutMs },
  );
}
