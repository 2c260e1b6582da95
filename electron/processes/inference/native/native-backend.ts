import type { LlamaModel } from 'node-llama-cpp';
import type { InferenceBackend, LoadParams } from '../backend.ts';
import { clearReasons, type OpenLlama } from '../llama.ts';
import { badFile, cannotRun, checkBeforeLoad, isMemory, outOfMemory } from '../model-check.ts';
import { bestThreads, isTiny } from './calibrate.ts';
import type { EngineAddon, EngineError, EngineModel, LoadModelOptions } from './engine-addon.ts';
import { NativeModel } from './native-model.ts';
import { quantise } from './quantise.ts';
import { Requests } from './requests.ts';

type Quantise = OmitFirst<typeof quantise>;
type OmitFirst<F> = F extends (first: never, ...rest: infer R) => infer T ? (...rest: R) => T : never;

/**
 * Models in the addon's own loop. node-llama-cpp reads only the vocabulary of each, for its chat templates, and estimates how many
 * layers fit on a GPU.
 */
export class NativeBackend implements InferenceBackend {
  readonly name = 'native';
  readonly #open: OpenLlama;
  readonly #addon: EngineAddon;

  constructor(open: OpenLlama, addon: EngineAddon) {
    this.#open = open;
    this.#addon = addon;
  }

  async load(params: LoadParams, signal: AbortSignal, progress: (fraction: number) => void): Promise<NativeModel> {
    const open = this.#open;
    const started = performance.now();
    const { mmap } = await checkBeforeLoad(open, params.path);
    clearReasons();
    const vocabulary = await open.llama
      .loadModel({ modelPath: params.path, vocabOnly: true, gpuLayers: 0, loadSignal: signal })
      .catch((error: unknown) => {
        if (signal.aborted) throw error;
        throw badFile(error);
      });
    try {
      const model = await this.#loadWeights(
        { path: params.path, mmap, gpuLayers: await gpuLayers(open, vocabulary, params) },
        signal,
        progress,
      );
      try {
        const threads =
          params.threads ?? (open.gpu === 'cpu' && params.purpose === 'generate' ? await bestThreads(model, open.threads) : open.threads);
        const contextSize = Math.min(params.contextSize, model.info().trainContext);
        const requests =
          params.purpose === 'embed'
            ? null
            : await makeRequests(
                model,
                { threads, contextSize, cores: params.threads ?? open.threads, sequences: params.sequences },
                signal,
              );
        const loadMs = performance.now() - started;
        return new NativeModel({ open, vocabulary, model, requests, threads, contextSize, loadMs }, params);
      } catch (error) {
        await model.close();
        throw error;
      }
    } catch (error) {
      await vocabulary.dispose();
      throw error;
    }
  }

  readonly quantise: Quantise = (...args) => quantise(this.#addon, ...args);

  async #loadWeights(options: LoadModelOptions, signal: AbortSignal, progress: (fraction: number) => void): Promise<EngineModel> {
    signal.throwIfAborted();
    const { promise, cancel } = this.#addon.loadModel(options, progress);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await promise;
    } catch (error) {
      signal.throwIfAborted();
      throw asLoadError(error);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }
}

async function gpuLayers(open: OpenLlama, { fileInsights }: LlamaModel, { contextSize, purpose }: LoadParams): Promise<number> {
  if (open.gpu === 'cpu') return 0;
  const fit = { fitContext: { contextSize, embeddingContext: purpose === 'embed' } };
  return (await fileInsights.configurationResolver.resolveModelGpuLayersV2(fit)).gpuLayers;
}

type Wishes = { threads: number; cores: number; contextSize: number; sequences: number };

/** Tries the wished number of slots, then fewer. */
async function makeRequests(
  model: EngineModel,
  { threads, cores, contextSize, sequences }: Wishes,
  signal: AbortSignal,
): Promise<Requests> {
  let failure: unknown;
  for (let slots = Math.max(1, sequences); slots >= 1; slots = Math.floor(slots / 2)) {
    signal.throwIfAborted();
    try {
      return await Requests.over(model, {
        slots,
        contextPerSlot: contextSize,
        threads,
        // Reading has more to compute between the points where threads wait for each other.
        prefillThreads: isTiny(model) ? threads : cores,
      });
    } catch (error) {
      failure = error;
    }
  }
  throw isMemory(failure) || codeOf(failure) === 'engine/out-of-memory' ? outOfMemory(failure) : cannotRun(failure);
}

function asLoadError(error: unknown): unknown {
  const code = codeOf(error);
  const cause = (error as EngineError).lines?.length ? new Error((error as EngineError).lines.at(-1), { cause: error }) : error;
  if (code === 'engine/out-of-memory' || isMemory(cause)) return outOfMemory(cause);
  return code === 'engine/unsupported' ? cannotRun(cause) : badFile(cause);
}

function codeOf(error: unknown): string {
  return (error as Partial<EngineError> | null)?.code ?? '';
}
