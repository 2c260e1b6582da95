import { create } from 'zustand';
import type { FileSource, MemoryFit, Model, ModelHeader } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';
import { fileNameOf } from '../../lib/desktop.ts';
import { type Failure, toFailure } from '../../lib/errors.ts';
import { queryClient } from '../../lib/query.ts';
import { fileSourceOf } from '../../lib/upload.ts';

/** One model on its way in. `rate` in bytes a second, once known. */
export type ModelImport = {
  readonly id: number;
  readonly name: string;
  readonly stage: 'sending' | 'checking' | 'hashing' | 'copying' | 'done' | 'failed';
  readonly bytes: number;
  readonly totalBytes: number;
  readonly stageStartedAt: number;
  /** Bytes a second in this stage, once that can be told. */
  readonly rate: number | null;
  readonly header: ModelHeader | null;
  readonly memory: MemoryFit | null;
  readonly failure: Failure | null;
  readonly result: { readonly model: Model; readonly duplicate: boolean } | null;
  readonly controller: AbortController;
};

/** Imports belong to the page, not to the view: they go on while the person looks at something else. */
export const useModelImports = create<{ readonly imports: readonly ModelImport[] }>(() => ({ imports: [] }));

let nextId = 1;

export function importModelFile(file: File): Promise<void> {
  return run(file.name, file.size, 'copy', (id, signal) =>
    fileSourceOf(file, { signal, onProgress: (bytes, totalBytes) => progressed(id, bytes, totalBytes) }),
  );
}

/** `link` leaves the file where it is; `copy` puts it into Redoubt's own folder. */
export function importModelPath(path: string, mode: 'copy' | 'link'): Promise<void> {
  return run(fileNameOf(path), 0, mode, () => Promise.resolve({ kind: 'path', path }));
}

export function dismissModelImport(dismissed: number): void {
  const found = useModelImports.getState().imports.find(({ id }) => id === dismissed);
  found?.controller.abort();
  useModelImports.setState(({ imports }) => ({ imports: imports.filter(({ id }) => id !== dismissed) }));
}

async function run(
  name: string,
  size: number,
  mode: 'copy' | 'link',
  sourceOf: (id: number, signal: AbortSignal) => Promise<FileSource>,
): Promise<void> {
  const id = nextId++;
  const controller = new AbortController();
  const { signal } = controller;
  const started: ModelImport = {
    id,
    name,
    controller,
    stage: 'sending',
    bytes: 0,
    totalBytes: size,
    stageStartedAt: Date.now(),
    rate: null,
    header: null,
    memory: null,
    failure: null,
    result: null,
  };
  useModelImports.setState(({ imports }) => ({ imports: [...imports, started] }));
  try {
    const source = await sourceOf(id, signal);
    enter(id, 'checking');
    for await (const event of await client.models.import({ name: name.slice(-255), source, mode }, { signal })) {
      if (event.type === 'header') change(id, { header: event.header, memory: event.memory });
      else if (event.type === 'progress') {
        enter(id, event.stage);
        progressed(id, event.bytes, event.totalBytes);
      } else change(id, { stage: 'done', result: { model: event.model, duplicate: event.duplicate } });
    }
    await queryClient.invalidateQueries({ queryKey: ['models'] });
  } catch (error) {
    if (!signal.aborted) change(id, { stage: 'failed', failure: toFailure(error) });
  }
}

function enter(id: number, stage: ModelImport['stage']): void {
  const present = useModelImports.getState().imports.find((one) => one.id === id);
  if (present?.stage !== stage) change(id, { stage, bytes: 0, rate: null, stageStartedAt: Date.now() });
}

function progressed(id: number, bytes: number, totalBytes: number): void {
  const startedAt = useModelImports.getState().imports.find((one) => one.id === id)?.stageStartedAt ?? 0;
  const seconds = (Date.now() - startedAt) / 1000;
  change(id, { bytes, totalBytes, rate: seconds > 0 && bytes > 0 ? bytes / seconds : null });
}

function change(changed: number, values: Partial<ModelImport>): void {
  useModelImports.setState(({ imports }) => ({ imports: imports.map((one) => (one.id === changed ? { ...one, ...values } : one)) }));
}
