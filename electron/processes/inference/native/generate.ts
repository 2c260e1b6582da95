import type { GenerateParams, GenerateResult } from '../../../core/inference/engine.protocol.ts';
import { AnswerText } from '../answer-text.ts';
import type { Emit, OnTokens } from '../backend.ts';
import { EventBatch } from '../event-batch.ts';
import { badSchema, grammarOf } from '../grammar.ts';
import { prepare } from '../prompt-tokens.ts';
import { roomFor } from '../request-errors.ts';
import type { EngineError } from './engine-addon.ts';
import type { SamplingOptions } from './engine-scheduler.ts';
import type { NativeModel } from './native-model.ts';
import type { Requests } from './requests.ts';

/** The same defaults as node-llama-cpp's. */
const sampling = { topK: 40, topP: 0.95 };

/** Runs one request in the addon's scheduler. `signal` ends it within a step. */
export async function generate(
  hosted: NativeModel,
  requests: Requests,
  params: GenerateParams,
  signal: AbortSignal,
  emit: Emit,
  onTokens: OnTokens = () => undefined,
): Promise<GenerateResult> {
  const started = performance.now();
  const prompt = prepare(hosted.vocabulary, hosted.wrapper, params.prompt);
  const room = roomFor(prompt.tokens.length, hosted.info.contextSize);
  const gbnf = await grammarOf(hosted.open.llama, params);
  const answer = new AnswerText(prompt, gbnf === null);
  const decoder = new TextDecoder();
  const batch = new EventBatch(emit);
  let firstToken: number | null = null;
  let text = '';
  const show = (piece: string, tokens: number) => {
    text += piece;
    batch.push(piece, tokens);
  };
  try {
    const request = {
      tokens: Int32Array.from(prompt.tokens),
      maxTokens: Math.min(params.maxTokens, room),
      sampling: samplingOf(params),
      stops: prompt.stops,
      ...(gbnf === null ? {} : { grammar: { gbnf } }),
    };
    const end = await requests
      .run(request, signal, ({ tokens, bytes }) => {
        firstToken ??= performance.now();
        onTokens(tokens);
        show(answer.push(decoder.decode(bytes, { stream: true })), tokens.length);
      })
      .catch((error: unknown) => {
        throw isGrammar(error) ? badSchema(error) : error;
      });
    signal.throwIfAborted();
    if (end.reason === 'error') throw new Error(end.error ?? 'unknown reason');
    show(answer.push(decoder.decode()) + answer.end(), 0);
    return {
      text,
      outputTokens: end.outputTokens,
      stopReason: end.reason === 'length' ? 'length' : 'end',
      promptTokens: prompt.tokens.length,
      firstTokenMs: firstToken === null ? null : Math.round(firstToken - started),
      durationMs: Math.round(performance.now() - started),
    };
  } finally {
    batch.flush();
  }
}

function samplingOf({ temperature, seed }: GenerateParams): SamplingOptions {
  if (temperature <= 0) return { temperature: 0 };
  return { ...sampling, temperature, seed: seed === undefined ? Math.floor(Math.random() * 2 ** 32) : seed >>> 0 };
}

function isGrammar(error: unknown): boolean {
  return ((error as Partial<EngineError> | null)?.code ?? '').startsWith('grammar/');
}
