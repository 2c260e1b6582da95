import { stat } from 'node:fs/promises';
import {
  InsufficientMemoryError,
  resolveChatWrapper,
  type ChatWrapper,
  type LlamaContext,
  type LlamaEmbeddingContext,
  type LlamaModel,
} from 'node-llama-cpp';
import type { EngineProtocol, LoadedModel } from '../../core/inference/engine.protocol.ts';
import { AppError } from '../../core/errors.ts';
import { checkModelFile } from '../../core/models/model-file.ts';
import { bestThreads } from './calibrate.ts';
import { clearReasons, lastReasons, textOf, type OpenLlama } from './llama.ts';
import { Slots } from './slots.ts';

type LoadParams = EngineProtocol['load']['params'];

/** A model in memory with its contexts. */
export class HostedModel {
  readonly open: OpenLlama;
  readonly model: LlamaModel;
  readonly wrapper: ChatWrapper;
  readonly info: LoadedModel;
  readonly slots: Slots | null;
  readonly #context: LlamaContext | null;
  #embedding: Promise<LlamaEmbeddingContext> | null = null;
  /** Embedding calls that run or wait; the library does one at a time. */
  embeddings = 0;

  private constructor(
    open: OpenLlama,
    model: LlamaModel,
    context: LlamaContext | null,
    params: LoadParams,
    threads: number,
    loadMs: number,
  ) {
    this.open = open;
    this.model = model;
    this.#context = context;
    this.wrapper = resolveChatWrapper(model);
    this.slots = context && new Slots(Array.from({ length: context.totalSequences }, () => context.getSequence()));
    const contextSize = context?.contextSize ?? Math.min(params.contextSize, model.trainContextSize);
    this.info = {
      modelId: params.modelId,
      contextSize,
      sequences: context?.totalSequences ?? 1,
      gpu: open.gpu,
      threads,
      loadMs: Math.round(loadMs),
    };
  }

  /** Checks the file once more (it may have changed since its import), then loads it. */
  static async load(open: OpenLlama, params: LoadParams, signal: AbortSignal, progress: (fraction: number) => void): Promise<HostedModel> {
    const started = performance.now();
    await checkFile(open, params.path);
    clearReasons();
    const model = await open.llama
      .loadModel({
        modelPath: params.path,
        gpuLayers:
          open.gpu === 'cpu' ? 0 : { fitContext: { contextSize: params.contextSize, embeddingContext: params.purpose === 'embed' } },
        loadSignal: signal,
        onLoadProgress: progress,
      })
      .catch((error: unknown) => {
        if (signal.aborted) throw error;
        throw isMemory(error) ? outOfMemory(error) : badFile(error);
      });
    try {
      const threads = open.gpu === 'cpu' && params.purpose === 'generate' ? await bestThreads(model, open.threads) : open.threads;
      const context = params.purpose === 'embed' ? null : await createContext(model, params, threads, signal);
      return new HostedModel(open, model, context, params, threads, performance.now() - started);
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  /** The context for embeddings, made at the first use. */
  embeddingContext(): Promise<LlamaEmbeddingContext> {
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

  async dispose(): Promise<void> {
    await (await this.#embedding?.catch(() => null))?.dispose();
    await this.#context?.dispose();
    await this.model.dispose();
  }
}

/** Tries the wished number of sequences, then fewer. */
async function createContext(model: LlamaModel, params: LoadParams, threads: number, signal: AbortSignal): Promise<LlamaContext> {
  let failure: unknown;
  for (let sequences = Math.max(1, params.sequences); sequences >= 1; sequences = Math.floor(sequences / 2)) {
    try {
      const contextSize = Math.min(params.contextSize, model.trainContextSize);
      return await model.createContext({
        contextSize,
        sequences,
        threads: { ideal: threads, min: 1 },
        createSignal: signal,
        failedCreationRemedy: false,
      });
    } catch (error) {
      if (signal.aborted) throw error;
      failure = error;
    }
  }
  throw isMemory(failure)
    ? outOfMemory(failure)
    : new AppError(
        'inference/unsupported',
        `The engine cannot run this model: ${textOf(failure)}.`,
        { reasons: lastReasons() },
        { cause: failure },
      );
}

async function checkFile(open: OpenLlama, path: string): Promise<void> {
  const { size } = await stat(path).catch((error: unknown) => {
    throw new AppError(
      'inference/bad-file',
      'The model file is not there any more. If it was linked, put it back or import it again.',
      {},
      { cause: error },
    );
  });
  await checkModelFile(path);
  const free = process.availableMemory() + (open.gpu === 'cpu' ? 0 : (await open.llama.getVramState()).free);
  if (size > free) throw outOfMemory(new Error(`${mib(size)} needed, ${mib(free)} free`));
}

function isMemory(error: unknown): boolean {
  return error instanceof InsufficientMemoryError || /memory|alloc|Failed to create context/i.test(textOf(error));
}

function outOfMemory(cause: unknown): AppError {
  return new AppError(
    'inference/out-of-memory',
    `There is not enough free memory for this model (${textOf(cause)}). Close other programs, unload other models, or use a smaller model or a stronger quantisation.`,
    { reasons: lastReasons() },
    { cause },
  );
}

function badFile(cause: unknown): AppError {
  return new AppError(
    'inference/bad-file',
    `llama.cpp refused this model file: ${lastReasons().at(-1) ?? textOf(cause)}. The file is damaged or of a kind this version does not support.`,
    { reasons: lastReasons() },
    { cause },
  );
}

function mib(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
