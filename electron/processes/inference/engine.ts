import { AppError, isAbort } from '../../core/errors.ts';
import type { EngineProtocol, LoadedModel } from '../../core/inference/engine.protocol.ts';
import type { CallContext, Handlers } from '../../core/ipc/calls.ts';
import type { HostedModel } from './backend.ts';
import { Backends } from './backends.ts';
import { openLlama } from './llama.ts';

type Params<M extends keyof EngineProtocol> = EngineProtocol[M]['params'];

/** The inference process's side of EngineProtocol. llama.cpp is opened at the first use. */
export class Engine {
  readonly #models = new Map<string, HostedModel>();
  readonly #loading = new Map<string, Promise<HostedModel>>();
  #backends: Promise<Backends> | null = null;
  #closing = false;

  readonly handlers: Handlers<EngineProtocol> = {
    load: (params, context) => this.#load(params, context),
    unload: async ({ modelId }) => ({ unloaded: await this.#unload(modelId) }),
    generate: async (params, { signal, emit }) => this.#hosted(params.modelId).generate(params, signal, emit),
    embed: async ({ modelId, texts }, { signal }) => ({ vectors: await this.#hosted(modelId).embed(texts, signal) }),
    quantise: async (params, { signal, emit }) => (await this.#open()).quantise(params, signal, emit),
    countTokens: async ({ modelId, text }) => ({ tokens: this.#hosted(modelId).countTokens(text) }),
    status: () => this.#status(),
  };

  /** True when a model, and with it text of somebody's documents, is or will soon be in memory. */
  get holdsModels(): boolean {
    return this.#models.size + this.#loading.size > 0;
  }

  /** Frees every model in order; calls that come later are refused as if the process were gone already. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled(this.#loading.values());
    for (const hosted of this.#models.values()) await hosted.dispose();
    if (this.#backends) await (await this.#backends).close();
  }

  async #load(params: Params<'load'>, { signal, emit }: CallContext<{ progress: number }>): Promise<LoadedModel> {
    const there = this.#models.get(params.modelId);
    if (there && (there.generates || params.purpose === 'embed')) return there.info;
    const running = this.#loading.get(params.modelId);
    if (running) return (await running).info;
    const loading = this.#start(params, signal, (progress) => emit({ progress }));
    this.#loading.set(params.modelId, loading);
    try {
      const hosted = await loading;
      this.#models.set(params.modelId, hosted);
      await there?.dispose();
      return hosted.info;
    } finally {
      this.#loading.delete(params.modelId);
    }
  }

  async #start(params: Params<'load'>, signal: AbortSignal, progress: (fraction: number) => void): Promise<HostedModel> {
    try {
      return await (await this.#open()).load(params, signal, progress);
    } catch (error) {
      if (error instanceof AppError || isAbort(error) || signal.aborted) throw error;
      throw new AppError('inference/bad-file', 'This model could not be loaded. The log holds the details.', {}, { cause: error });
    }
  }

  #open(): Promise<Backends> {
    if (this.#closing)
      throw new AppError('process/unavailable', 'The inference engine is being restarted. Try again.', { reason: 'closing' });
    this.#backends ??= openLlama()
      .then((open) => Backends.open(open))
      .catch((error: unknown) => {
        this.#backends = null;
        throw error;
      });
    return this.#backends;
  }

  async #unload(modelId: string): Promise<boolean> {
    const hosted = this.#models.get(modelId);
    if (!hosted) return false;
    const { active, queued } = hosted.load();
    if (active + queued > 0)
      throw new AppError('inference/busy', 'This model is answering requests. Stop them first or wait until they are done.', {
        active,
        queued,
      });
    this.#models.delete(modelId);
    await hosted.dispose();
    return true;
  }

  #hosted(modelId: string): HostedModel {
    const hosted = this.#closing ? undefined : this.#models.get(modelId);
    if (!hosted) throw new AppError('inference/not-loaded', 'This model is not loaded.', { modelId });
    return hosted;
  }

  async #status(): Promise<EngineProtocol['status']['result']> {
    const { open, state } = await this.#open();
    const hosted = [...this.#models.values()];
    const loads = hosted.map((model) => model.load());
    return {
      loaded: hosted.map(({ info }) => info),
      active: loads.reduce((sum, { active }) => sum + active, 0),
      queued: loads.reduce((sum, { queued }) => sum + queued, 0),
      gpus: open.gpus,
      gpuFailures: open.failures,
      release: open.llama.llamaCppRelease.release,
      residentBytes: process.memoryUsage.rss(),
      backend: state,
    };
  }
}
