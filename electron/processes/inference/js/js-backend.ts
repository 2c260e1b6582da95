import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import type { InferenceBackend, LoadParams } from '../backend.ts';
import { clearReasons, type OpenLlama } from '../llama.ts';
import { badFile, cannotRun, checkBeforeLoad, isMemory, outOfMemory } from '../model-check.ts';
import { BatchOrder } from './batch-order.ts';
import { bestThreads } from './calibrate.ts';
import { JsModel } from './js-model.ts';

/** Models in node-llama-cpp's own loop: needs nothing but its shipped binaries. */
export class JsBackend implements InferenceBackend {
  readonly name = 'js';
  readonly #open: OpenLlama;

  constructor(open: OpenLlama) {
    this.#open = open;
  }

  async load(params: LoadParams, signal: AbortSignal, progress: (fraction: number) => void): Promise<JsModel> {
    const open = this.#open;
    const started = performance.now();
    const { mmap } = await checkBeforeLoad(open, params.path);
    clearReasons();
    const model = await open.llama
      .loadModel({
        modelPath: params.path,
        useMmap: mmap,
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
      const threads =
        params.threads ?? (open.gpu === 'cpu' && params.purpose === 'generate' ? await bestThreads(model, open.threads) : open.threads);
      const order = new BatchOrder();
      const context = params.purpose === 'embed' ? null : await createContext(model, params, { threads, order }, signal);
      return new JsModel({ open, model, context, order, threads, loadMs: performance.now() - started }, params);
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }
}

/** Tries the wished number of sequences, then fewer. */
async function createContext(
  model: LlamaModel,
  params: LoadParams,
  { threads, order }: { threads: number; order: BatchOrder },
  signal: AbortSignal,
): Promise<LlamaContext> {
  let failure: unknown;
  for (let sequences = Math.max(1, params.sequences); sequences >= 1; sequences = Math.floor(sequences / 2)) {
    try {
      const contextSize = Math.min(params.contextSize, model.trainContextSize);
      return await model.createContext({
        contextSize,
        sequences,
        threads: { ideal: threads, min: 1 },
        batching: { itemPrioritizationStrategy: order.strategy },
        createSignal: signal,
        failedCreationRemedy: false,
      });
    } catch (error) {
      if (signal.aborted) throw error;
      failure = error;
    }
  }
  throw isMemory(failure) ? outOfMemory(failure) : cannotRun(failure);
}
