import { resolveChatWrapper, type ChatWrapper, type LlamaModel } from 'node-llama-cpp';
import { AppError } from '../../../core/errors.ts';
import type { GenerateParams, GenerateResult, LoadedModel } from '../../../core/inference/engine.protocol.ts';
import type { Emit, HostedModel, LoadParams, OnTokens } from '../backend.ts';
import { textOf, type OpenLlama } from '../llama.ts';
import { checkEmbeddable, embeddingsOnly, underLimits } from '../request-errors.ts';
import type { EngineError, EngineModel } from './engine-addon.ts';
import { generate } from './generate.ts';
import type { Requests } from './requests.ts';

type Parts = {
  open: OpenLlama;
  vocabulary: LlamaModel;
  model: EngineModel;
  requests: Requests | null;
  threads: number;
  contextSize: number;
  loadMs: number;
};

/** A model in memory in the addon. */
export class NativeModel implements HostedModel {
  readonly open: OpenLlama;
  /** node-llama-cpp's view of the same file, without its weights. */
  readonly vocabulary: LlamaModel;
  readonly wrapper: ChatWrapper;
  readonly info: LoadedModel;
  readonly model: EngineModel;
  readonly requests: Requests | null;
  #embeddings = 0;

  constructor({ open, vocabulary, model, requests, threads, contextSize, loadMs }: Parts, { modelId }: LoadParams) {
    this.open = open;
    this.vocabulary = vocabulary;
    this.model = model;
    this.requests = requests;
    this.wrapper = resolveChatWrapper(vocabulary);
    const sequences = requests?.options.slots ?? 1;
    this.info = {
      modelId,
      contextSize,
      sequences,
      backend: 'native',
      whyNotNative: null,
      gpu: open.gpu,
      threads,
      loadMs: Math.round(loadMs),
    };
  }

  get generates(): boolean {
    return this.requests !== null;
  }

  load(): { active: number; queued: number } {
    const { active, queued } = this.requests?.load ?? { active: 0, queued: 0 };
    return { active: active + Math.min(1, this.#embeddings), queued: queued + Math.max(0, this.#embeddings - 1) };
  }

  async generate(params: GenerateParams, signal: AbortSignal, emit: Emit, onTokens?: OnTokens): Promise<GenerateResult> {
    const { requests } = this;
    if (!requests) throw embeddingsOnly();
    return underLimits(signal, params.timeoutMs, (limit) => generate(this, requests, params, limit, emit, onTokens));
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const limit = this.info.contextSize;
    const inputs = texts.map((text) => this.#inputOf(text, limit));
    this.#embeddings += 1;
    const { promise, cancel } = this.model.embed(inputs, { threads: this.info.threads, contextSize: limit });
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await promise;
    } catch (error) {
      signal.throwIfAborted();
      if ((error as EngineError).code !== 'engine/unsupported') throw error;
      throw new AppError(
        'inference/unsupported',
        `This model gives no embeddings: ${textOf(error)}. Choose another model.`,
        {},
        { cause: error },
      );
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#embeddings -= 1;
    }
  }

  countTokens(text: string): number {
    return this.model.tokenize(text).length;
  }

  async dispose(): Promise<void> {
    await this.requests?.close();
    await this.model.close();
    await this.vocabulary.dispose();
  }

  /** With the tokens that the model wants around a text, where it does not begin or end with them. */
  #inputOf(text: string, limit: number): Int32Array {
    const tokens = [...this.model.tokenize(text)];
    checkEmbeddable(tokens.length, limit);
    const { addBos, addEos, bos, eos } = this.model.info();
    if (addBos && bos >= 0 && tokens[0] !== bos) tokens.unshift(bos);
    if (addEos && eos >= 0 && tokens.at(-1) !== eos) tokens.push(eos);
    checkEmbeddable(tokens.length, limit);
    return Int32Array.from(tokens);
  }
}
