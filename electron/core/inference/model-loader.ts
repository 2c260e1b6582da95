import type { Model } from '../contract/models.ts';
import { AppError, toErrorShape } from '../errors.ts';
import { Topic } from '../ipc/topic.ts';
import type { WorkerLink } from '../ipc/worker-link.ts';
import { planMemory } from '../models/model-memory.ts';
import type { ModelRecord } from '../models/model-record.ts';
import type { EngineProtocol, LoadedModel } from './engine.protocol.ts';

type Entry = { state: Model['load']; loaded: Promise<LoadedModel> | null; users: number; lastUsed: number };
const crashesBeforeFallback = 2;
export type Purpose = EngineProtocol['load']['params']['purpose'];

/** Knows what the inference process has in memory: loads on demand, makes room, and forgets everything when it ends. */
export class ModelLoader {
  /** Announces every change of a load state. */
  readonly changed = new Topic<void>(1);
  readonly #engine: WorkerLink<EngineProtocol>;
  readonly #entries = new Map<string, Entry>();
  /** How often the process ended while it loaded a model or worked with it. */
  readonly #crashes = new Map<string, number>();
  #clock = 0;

  constructor(engine: WorkerLink<EngineProtocol>) {
    this.#engine = engine;
    engine.onDown(() => {
      for (const [id, { state, users }] of this.#entries)
        if (users > 0 || state.state === 'loading') this.#crashes.set(id, (this.#crashes.get(id) ?? 0) + 1);
      this.#entries.clear();
      this.changed.publish();
    });
  }

  stateOf(id: string): Model['load'] {
    return this.#entries.get(id)?.state ?? { state: 'unloaded', progress: 0, error: null, engine: null };
  }

  /** Loads the model if it is not loaded; requests that come meanwhile wait for the same load. */
  load(model: ModelRecord, purpose: Purpose = 'generate'): Promise<LoadedModel> {
    const entry = this.#entryOf(model.id);
    entry.lastUsed = ++this.#clock;
    entry.loaded ??= this.#start(model, purpose, entry);
    return entry.loaded;
  }

  /** Loads the model and keeps it in memory while `work` runs. */
  async use<T>(model: ModelRecord, purpose: Purpose, work: (loaded: LoadedModel) => Promise<T>): Promise<T> {
    const entry = this.#entryOf(model.id);
    entry.users += 1;
    try {
      return await work(await this.load(model, purpose));
    } finally {
      entry.users -= 1;
    }
  }

  /** Fails with `inference/busy` while requests run. */
  async unload(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) return;
    if (entry.users > 0)
      throw new AppError('inference/busy', 'This model is answering requests. Stop them first or wait until they are done.', {
        active: entry.users,
      });
    await entry.loaded?.catch(() => undefined);
    await this.#engine.call('unload', { modelId: id });
    this.#entries.delete(id);
    this.changed.publish();
  }

  #entryOf(id: string): Entry {
    const entry = this.#entries.get(id) ?? {
      state: { state: 'unloaded', progress: 0, error: null, engine: null },
      loaded: null,
      users: 0,
      lastUsed: 0,
    };
    this.#entries.set(id, entry);
    return entry;
  }

  async #start(model: ModelRecord, purpose: Purpose, entry: Entry): Promise<LoadedModel> {
    const set = (state: Model['load']) => {
      entry.state = state;
      this.changed.publish();
    };
    set({ state: 'loading', progress: 0, error: null, engine: null });
    try {
      const loaded = await this.#loadMakingRoom(model, purpose, (progress) =>
        set({ state: 'loading', progress, error: null, engine: null }),
      );
      set({
        state: 'loaded',
        progress: 1,
        error: null,
        engine: {
          backend: loaded.backend,
          whyNotNative: this.#avoids(model.id) ? 'the process ended twice while it worked with this model' : loaded.whyNotNative,
        },
      });
      return loaded;
    } catch (thrown) {
      const error = thrown instanceof AppError && thrown.code === 'process/unavailable' ? loadCrashed(thrown) : thrown;
      const { code, message } = toErrorShape(error);
      entry.loaded = null;
      // A crash has cleared all entries; this one stays, to show what happened.
      if (!this.#entries.has(model.id)) this.#entries.set(model.id, entry);
      set({ state: 'failed', progress: 0, error: { code, message }, engine: null });
      throw error;
    }
  }

  /** When memory is short, idle models are unloaded, the longest unused first. */
  async #loadMakingRoom(model: ModelRecord, purpose: Purpose, progress: (fraction: number) => void): Promise<LoadedModel> {
    for (;;) {
      const { fit, sequences } = planMemory(model, process.availableMemory());
      try {
        if (!fit.fits && (await this.#unloadIdle(model.id))) continue;
        const params = {
          modelId: model.id,
          path: model.path,
          contextSize: fit.contextSize,
          sequences,
          purpose,
          ...(this.#avoids(model.id) ? { backend: 'js' as const } : {}),
        };
        return await this.#engine.call('load', params, { onEvent: (event) => progress(event.progress) });
      } catch (error) {
        const full = error instanceof AppError && error.code === 'inference/out-of-memory';
        if (!full || !(await this.#unloadIdle(model.id))) throw error;
      }
    }
  }

  /** A model that ended the process again and again is not given to the native loop any more. */
  #avoids(id: string): boolean {
    return (this.#crashes.get(id) ?? 0) >= crashesBeforeFallback;
  }

  async #unloadIdle(except: string): Promise<boolean> {
    const idle = [...this.#entries].filter(([id, entry]) => id !== except && entry.state.state === 'loaded' && entry.users === 0);
    const oldest = idle.sort((a, b) => a[1].lastUsed - b[1].lastUsed)[0];
    if (!oldest) return false;
    await this.unload(oldest[0]);
    return true;
  }
}

function loadCrashed(cause: AppError): AppError {
  return new AppError(
    'inference/load-crashed',
    'The inference engine stopped while it loaded this model and was started anew; nothing else was lost. Try again. If it happens every time, the file is damaged or of a kind that this version does not support.',
    cause.details,
    { cause },
  );
}
