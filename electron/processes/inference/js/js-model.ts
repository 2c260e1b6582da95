import { resolveChatWrapper, type ChatWrapper, type LlamaContext, type LlamaEmbeddingContext, type LlamaModel } from 'node-llama-cpp';
import type { GenerateParams, GenerateResult, LoadedModel } from '../../../core/inference/engine.protocol.ts';
import { AppError } from '../../../core/errors.ts';
import type { Emit, HostedModel, LoadParams, OnTokens } from '../backend.ts';
import { textOf, type OpenLlama } from '../llama.ts';
import { isMemory, outOfMemory } from '../model-check.ts';
import { embeddingsOnly, underLimits } from '../request-errors.ts';
import type { BatchOrder } from './batch-order.ts';
import { embed } from './embed.ts';
import { generate } from './generate.ts';
import { Slots } from './slots.ts';

type Parts = { open: OpenLlama; model: LlamaModel; context: LlamaContext | null; order: BatchOrder; threads: number; loadMs: number };

/** A model in memory with node-llama-cpp's contexts. */
export class JsModel implements HostedModel {
  readonly open: OpenLlama;
  readonly model: LlamaModel;
  readonly wrapper: ChatWrapper;
  readonly info: LoadedModel;
  readonly order: BatchOrder;
  readonly #slots: Slots | null;
  readonly #context: LlamaContext | null;
  #embedding: Promise<LlamaEmbeddingContext> | null = null;
  /** Embedding calls that run or wait; the library does one at a time. */
  #embeddings = 0;

  constructor({ open, model, context, order, threads, loadMs }: Parts, params: LoadParams) {
    this.open = open;
    this.model = model;
    this.order = order;
    this.#context = context;
    this.wrapper = resolveChatWrapper(model);
    this.#slots = context && new Slots(Array.from({ length: context.totalSequences }, () => context.getSequence()));
    this.info = {
      modelId: params.modelId,
      contextSize: context?.contextSize ?? Math.min(params.contextSize, model.trainContextSize),
      sequences: context?.totalSequences ?? 1,
      backend: 'js',
      whyNotNative: null,
      gpu: open.gpu,
      threads,
      loadMs: Math.round(loadMs),
    };
  }

  get generates(): boolean {
    return this.#slots !== null;
  }

  load(): { active: number; queued: number } {
    return {
      active: (this.#slots?.active ?? 0) + Math.min(1, this.#embeddings),
      queued: (this.#slots?.queued ?? 0) + Math.max(0, this.#embeddings - 1),
    };
  }

  async generate(params: GenerateParams, signal: AbortSignal, emit: Emit, onTokens?: OnTokens): Promise<GenerateResult> {
    const slots = this.#slots;
    if (!slots) throw embeddingsOnly();
    return underLimits(signal, params.timeoutMs, (limit) => generate(this, slots, params, limit, emit, onTokens));
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    this.#embeddings += 1;
    try {
      const limit = Math.min(this.info.contextSize, this.model.trainContextSize);
      return await embed(await this.#embeddingContext(), limit, texts, signal);
    } finally {
      this.#embeddings -= 1;
    }
  }

  countTokens(text: string): number {
    return this.model.tokenize(text).length;
  }

  async dispose(): Promise<void> {
    await (await this.#embedding?.catch(() => null))?.dispose();
    await this.#context?.dispose();
    await this.model.dispose();
  }

  /** The context for embeddings, made at the first use. */
  #embeddingContext(): Promise<LlamaEmbeddingContext> {
    this.#embedding ??= this.model
      .createEmbeddingContext({ contextSize: Math.min(this.info.contextSize, this.model.trainContextSize), threads: this.info.threads })
      .catch((error: unknown) => {
        this.#embedding = null;
        throw isMemory(error)
          ? outOfMemory(error)
          : new AppError(
              'inference/unsupported',
              `This model gives no embeddings: ${textOf(error)}. Choose another model.`,
              {},
              { cause: error },
            );
      });
    return this.#embedding;
  }
}
