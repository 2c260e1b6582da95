import { statSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Act } from '../audit/act.ts';
import type { Model, ModelImportEvent } from '../contract/models.ts';
import { AppError } from '../errors.ts';
import type { SourceFiles } from '../files/source-files.ts';
import type { ModelLoader } from '../inference/model-loader.ts';
import { Topic } from '../ipc/topic.ts';
import type { WritableDb } from '../vault/database.ts';
import { builtInModels } from './built-in-models.ts';
import { importModel, type ImportRequest } from './model-import.ts';
import { planMemory } from './model-memory.ts';
import type { ModelRecord } from './model-record.ts';
import { ModelsRepository } from './models.repository.ts';

const watchIntervalMs = 100;

export type ModelsDeps = {
  readonly db: WritableDb;
  /** Where copies live, as `<sha256>.gguf`: beside the database, not encrypted, because weights are not secret. */
  readonly folder: string;
  /** The folder `resources` of the application. */
  readonly resources: string;
  readonly loader: ModelLoader;
  /** Throws where a copy of so many bytes has no room. */
  readonly admit?: (bytes: number) => void;
};

/** The model registry: what there is, which one is the default, and how it got here. */
export class ModelsService {
  readonly #repository: ModelsRepository;
  readonly #folder: string;
  readonly #loader: ModelLoader;
  readonly #admit: (bytes: number) => void;
  /** Resolves when the models that ship with Redoubt are known. */
  readonly ready: Promise<void>;
  #builtIn: readonly ModelRecord[] = [];
  readonly #changed = new Topic<void>(1);
  #importing = 0;

  constructor({ db, folder, resources, loader, admit = () => undefined }: ModelsDeps) {
    this.#repository = new ModelsRepository(db);
    this.#repository.relocateCopies((sha256) => join(folder, `${sha256}.gguf`));
    this.#folder = folder;
    this.#loader = loader;
    this.#admit = admit;
    this.ready = this.#findBuiltIn(resources);
    this.ready.catch(() => undefined);
  }

  /** Waits for the built-in models and removes what an import that was killed left behind. */
  async start(): Promise<void> {
    await this.ready;
    const known = new Set(this.#repository.list().map(({ path }) => path));
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const ours = /^[0-9a-f]{64}\.gguf(\..*\.part)?$/.test(name);
      if (ours && !known.has(path) && this.#importing === 0) await rm(path, { force: true });
    }
  }

  list(): Model[] {
    const fallback = this.defaultModel();
    return this.records().map((record) => this.#present(record, fallback));
  }

  /** Yields the list now and after every change, at most ten times a second. */
  async *watch(signal: AbortSignal): AsyncGenerator<{ models: Model[] }> {
    const changes = [this.#changed, this.#loader.changed].map((topic) => topic.subscribe(signal));
    try {
      const next = changes.map((change) => change.next());
      for (;;) {
        yield { models: this.list() };
        const which = await Promise.race(next.map((promise, i) => promise.then(({ done }) => (done ? -1 : i))));
        if (which < 0) return;
        await new Promise((resolve) => setTimeout(resolve, watchIntervalMs));
        const again = changes[which];
        if (again) next[which] = again.next();
      }
    } finally {
      for (const change of changes) await change.return?.();
    }
  }

  /** Imports a model file. Leaving the generator cancels it and leaves nothing behind. */
  async *import(
    act: Act,
    request: ImportRequest,
    files: SourceFiles,
    signal: AbortSignal = new AbortController().signal,
  ): AsyncGenerator<ModelImportEvent> {
    await this.ready;
    const deps = { repository: this.#repository, builtIn: this.#builtIn, folder: this.#folder, admit: this.#admit };
    this.#importing += 1;
    try {
      const { record, duplicate } = yield* importModel(deps, act, request, files, signal);
      this.#changed.publish();
      yield { type: 'done', model: this.#present(record, this.defaultModel()), duplicate };
    } finally {
      this.#importing -= 1;
    }
  }

  setDefault(act: Act, id: string): Model {
    const record = this.get(id);
    act.commit({ subject: id, details: { sha256: record.sha256 } }, () => this.#repository.chooseDefault(id));
    this.#changed.publish();
    return this.#present(record, this.defaultModel());
  }

  /** Forgets the model and deletes its copy; a linked file stays where it is. */
  async remove(act: Act, id: string): Promise<void> {
    const record = this.get(id);
    if (record.storage === 'built-in') throw new AppError('models/built-in', 'This model ships with Redoubt and cannot be removed.');
    await this.#loader.unload(id);
    act.commit({ subject: id, details: { sha256: record.sha256, storage: record.storage } }, () => this.#repository.remove(id));
    if (record.storage === 'copied') await rm(record.path, { force: true });
    this.#changed.publish();
  }

  async load(act: Act, id: string): Promise<Model> {
    const record = await this.usable(id);
    await this.#loader.load(record);
    act.commit({ subject: id, details: { sha256: record.sha256 } }, () => undefined);
    return this.#present(record, this.defaultModel());
  }

  async unload(act: Act, id: string): Promise<Model> {
    const record = this.get(id);
    await this.#loader.unload(id);
    act.commit({ subject: id }, () => undefined);
    return this.#present(record, this.defaultModel());
  }

  /** Imported models, newest first, then the built-in ones. */
  records(): readonly ModelRecord[] {
    return [...this.#repository.list(), ...this.#builtIn];
  }

  /** The files that were copied into the vault folder. */
  copies(): { sha256: string; path: string }[] {
    return this.#repository.list().flatMap(({ storage, sha256, path }) => (storage === 'copied' ? [{ sha256, path }] : []));
  }

  get(id: string): ModelRecord {
    const found = this.records().find((record) => record.id === id);
    if (!found) throw new AppError('models/not-found', 'This model is not here any more.', { id });
    return found;
  }

  /** The model `id` (or the default) with its file checked. Fails with `inference/no-model`, `models/file-missing`, `models/file-changed`. */
  async usable(id?: string): Promise<ModelRecord> {
    await this.ready;
    const record = id === undefined ? this.defaultModel() : this.get(id);
    if (!record)
      throw new AppError(
        'inference/no-model',
        'There is no model yet. Import a GGUF model on the Models page; everything else works without one.',
      );
    const problem = fileProblem(record);
    if (problem) throw problem;
    return record;
  }

  /**
   * The model somebody chose; else the newest imported one that can chat and is no test model; else the one that ships
   * with Redoubt; null when there is none at all.
   */
  defaultModel(): ModelRecord | null {
    const records = this.records();
    const chosen = this.#repository.chosenDefault();
    const candidates = [
      records.find(({ id }) => id === chosen),
      records.find(({ label, header }) => label === null && header.hasChatTemplate),
      records.find(({ storage }) => storage === 'built-in'),
    ];
    return candidates.find((record) => record !== undefined) ?? null;
  }

  async #findBuiltIn(resources: string): Promise<void> {
    this.#builtIn = await builtInModels(resources);
    this.#changed.publish();
  }

  #present(record: ModelRecord, fallback: ModelRecord | null): Model {
    const load = this.#loader.stateOf(record.id);
    const { fit } = planMemory(record, process.availableMemory());
    const problem = load.state === 'loaded' ? null : fileProblem(record);
    return {
      ...record.header,
      id: record.id,
      displayName: record.displayName,
      sha256: record.sha256,
      storage: record.storage,
      label: record.label,
      importedAt: record.importedAt,
      isDefault: record.id === fallback?.id,
      memory: { ...fit, fits: fit.fits || load.state === 'loaded' },
      load: problem ? { state: 'failed', progress: 0, error: { code: problem.code, message: problem.message }, engine: null } : load,
    };
  }
}

/** Says whether the file is still the one that was checked: there, of the same size and, where linked, not touched since. */
function fileProblem({ path, header, storage, modifiedMs }: ModelRecord): AppError | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    const advice =
      storage === 'linked' ? 'Put it back, connect the drive it lies on, or import it again.' : 'Remove the model and import it again.';
    return new AppError('models/file-missing', `The file of this model is not where it was. ${advice}`);
  }
  const touched = storage === 'linked' && Math.trunc(stats.mtimeMs) !== modifiedMs;
  if (stats.size === header.fileSize && !touched) return null;
  return new AppError(
    'models/file-changed',
    'The file of this model was changed since its import, so it is not used any more. Remove the model and import the file again.',
  );
}
