import { LlamaGrammarEvaluationState } from 'node-llama-cpp';
import type { GenerateParams, GenerateResult } from '../../../core/inference/engine.protocol.ts';
import { AnswerText } from '../answer-text.ts';
import type { Emit, OnTokens } from '../backend.ts';
import { EventBatch } from '../event-batch.ts';
import { badSchema, grammarOf } from '../grammar.ts';
import { prepare, type PreparedPrompt } from '../prompt-tokens.ts';
import { roomFor } from '../request-errors.ts';
import type { JsModel } from './js-model.ts';
import { prefill } from './prefill.ts';
import type { Slot, Slots } from './slots.ts';
import { TextPieces } from './text-pieces.ts';

/** llama.cpp takes byte sequences beyond U+10FFFF, which are no text, for characters; the schema grammar's class leaves them out here. */
const anyCharacter = String.raw`[^"\\\x7F\x00-\x1F]`;
const onlyUnicode = String.raw`[^"\\\x7F\x00-\x1F\U00110000-\U003FFFFF]`;

type Clock = { readonly started: number; firstToken: number | null };

/** Runs one request: waits for a slot, reads the prompt in chunks, generates. `signal` cancels between chunks and between tokens. */
export async function generate(
  hosted: JsModel,
  slots: Slots,
  params: GenerateParams,
  signal: AbortSignal,
  emit: Emit,
  onTokens: OnTokens = () => undefined,
): Promise<GenerateResult> {
  const clock: Clock = { started: performance.now(), firstToken: null };
  const prompt = prepare(hosted.model, hosted.wrapper, params.prompt);
  const { tokens } = prompt;
  const room = roomFor(tokens.length, hosted.info.contextSize);
  const state = await grammarState(hosted, params);
  const slot = await slots.acquire(tokens, signal);
  try {
    await prefill(slot, tokens, { order: hosted.order, onGpu: hosted.open.gpu !== 'cpu' }, signal);
    const output = await decode(
      hosted,
      slot,
      { params, prompt, state, limit: Math.min(params.maxTokens, room), onTokens },
      signal,
      emit,
      clock,
    );
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

async function grammarState({ open, model }: JsModel, params: GenerateParams): Promise<LlamaGrammarEvaluationState | null> {
  const gbnf = await grammarOf(open.llama, params);
  if (gbnf === null) return null;
  const grammar = await open.llama.createGrammar({ grammar: gbnf.replaceAll(anyCharacter, onlyUnicode) }).catch((error: unknown) => {
    throw badSchema(error);
  });
  return new LlamaGrammarEvaluationState({ model, grammar });
}

type Decoding = {
  params: GenerateParams;
  prompt: PreparedPrompt;
  state: LlamaGrammarEvaluationState | null;
  limit: number;
  onTokens: OnTokens;
};
type Output = Pick<GenerateResult, 'text' | 'outputTokens' | 'stopReason'>;

async function decode(
  { model, order }: JsModel,
  { sequence, index }: Slot,
  { params, prompt, state, limit, onTokens }: Decoding,
  signal: AbortSignal,
  emit: Emit,
  clock: Clock,
): Promise<Output> {
  const pieces = new TextPieces(model, prompt.tokens);
  const answer = new AnswerText(prompt, state === null);
  const batch = new EventBatch(emit);
  let text = '';
  const show = (piece: string, tokens: number) => {
    text += piece;
    batch.push(piece, tokens);
  };
  let outputTokens = 0;
  order.begin(index);
  try {
    const options = {
      temperature: params.temperature,
      evaluationPriority: order.priorityOf(index),
      ...(params.seed === undefined ? {} : { seed: params.seed }),
      ...(state ? { grammarEvaluationState: state } : {}),
    };
    for await (const token of sequence.evaluate(prompt.tokens.slice(-1), options)) {
      clock.firstToken ??= performance.now();
      signal.throwIfAborted();
      outputTokens += 1;
      onTokens([token]);
      show(answer.push(pieces.push(token)), 1);
      if (answer.stopped || outputTokens >= limit) break;
    }
    signal.throwIfAborted();
    show(answer.push(pieces.end()) + answer.end(), 0);
  } finally {
    order.end(index);
    batch.flush();
  }
  return { text, outputTokens, stopReason: outputTokens >= limit && !answer.stopped ? 'length' : 'end' };
}
