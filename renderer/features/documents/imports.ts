import { create } from 'zustand';
import type { FileSource } from '../../../electron/core/contract/index.ts';
import { chosenCaseId, inCase } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';
import { fileNameOf } from '../../lib/desktop.ts';
import { type Failure, isCancelled, toFailure } from '../../lib/errors.ts';
import { i18n } from '../../lib/i18n.ts';
import { notifyDone, notifyError } from '../../lib/notify.ts';
import { fileSourceOf } from '../../lib/upload.ts';

/** A file on its way into the vault; it leaves this list when core has taken it over. */
export type Import = {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly failure: Failure | null;
};

type Store = { readonly imports: readonly Import[]; readonly controller: AbortController };

/** Uploads belong to the page, not to a view: they go on while the person looks at something else. */
export const useImports = create<Store>(() => ({ imports: [], controller: new AbortController() }));

/** One call to core (and one audit leaf) takes this many files. */
const filesPerCall = 25;
const longestName = 255;
let nextId = 1;

/** Copies files into a case of the vault and queues them for reading. A file that cannot be sent is reported; the others go on. */
export async function importFiles(files: readonly File[], caseId: string | null = chosenCaseId()): Promise<void> {
  const { signal } = useImports.getState().controller;
  const queued = files.map((file) => ({ id: nextId++, file }));
  update((imports) => [...imports, ...queued.map(({ id, file }) => ({ id, name: file.name, size: file.size, sent: 0, failure: null }))]);
  for (let start = 0; start < queued.length && !signal.aborted; start += filesPerCall) {
    const part = queued.slice(start, start + filesPerCall);
    const taken: { name: string; source: FileSource }[] = [];
    for (const { id, file } of part) {
      const source = await send(id, file, signal);
      if (source) taken.push({ name: file.name.slice(-longestName), source });
    }
    await hand(taken, caseId);
    update((imports) => imports.filter(({ id, failure }) => failure !== null || !part.some((one) => one.id === id)));
  }
}

/** Imports files that the desktop's own dialog named. */
export async function importPaths(paths: readonly string[]): Promise<void> {
  await hand(
    paths.map((path) => ({ name: fileNameOf(path).slice(-longestName), source: { kind: 'path', path } })),
    chosenCaseId(),
  );
}

/** Stops what has not been sent yet; what core has already is kept. */
export function stopImports(): void {
  useImports.getState().controller.abort();
  useImports.setState({ imports: [], controller: new AbortController() });
}

export function dismissImport(dismissed: number): void {
  update((imports) => imports.filter(({ id }) => id !== dismissed));
}

async function send(id: number, file: File, signal: AbortSignal): Promise<FileSource | null> {
  try {
    return await fileSourceOf(file, { signal, onProgress: (sent) => change(id, { sent }) });
  } catch (error) {
    if (!signal.aborted && !isCancelled(error)) change(id, { failure: toFailure(error) });
    return null;
  }
}

async function hand(files: { name: string; source: FileSource }[], caseId: string | null): Promise<void> {
  if (files.length === 0) return;
  const startedAt = Date.now();
  try {
    const documents = await client.documents.import({ ...inCase(caseId), files });
    const known = documents.filter(({ importedAt }) => importedAt < startedAt).length;
    if (known > 0) notifyDone(i18n.t('documents:alreadyThere', { count: known }));
  } catch (error) {
    notifyError(error);
  }
}

function change(changed: number, values: Partial<Import>): void {
  update((imports) => imports.map((one) => (one.id === changed ? { ...one, ...values } : one)));
}

function update(next: (imports: readonly Import[]) => readonly Import[]): void {
  useImports.setState(({ imports }) => ({ imports: next(imports) }));
}
