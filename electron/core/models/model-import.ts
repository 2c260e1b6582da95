import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Act } from '../audit/act.ts';
import { modelLabel, type ModelImportEvent } from '../contract/models.ts';
import type { FileSource } from '../contract/base.ts';
import { AppError } from '../errors.ts';
import type { SourceFiles } from '../files/source-files.ts';
import { readGgufHeader, type GgufFile } from './gguf-header.ts';
import { planMemory } from './model-memory.ts';
import type { ModelRecord } from './model-record.ts';
import { copySource, hashSource, openSource, type ModelSource } from './model-source.ts';
import type { ModelsRepository } from './models.repository.ts';

export type ImportRequest = { readonly name: string; readonly source: FileSource; readonly mode: 'copy' | 'link' };
export type ImportProgress = Exclude<ModelImportEvent, { type: 'done' }>;
export type ImportDeps = {
  readonly repository: ModelsRepository;
  readonly builtIn: readonly ModelRecord[];
  readonly folder: string;
  /** Throws where a copy of so many bytes has no room. */
  readonly admit: (bytes: number) => void;
};
export type Imported = { readonly record: ModelRecord; readonly duplicate: boolean };

/**
 * Header check, SHA-256, then copy or link, then the row with its audit leaf. Yields progress, returns the model. A failed
 * or cancelled import leaves no file and no row.
 */
export async function* importModel(
  deps: ImportDeps,
  act: Act,
  request: ImportRequest,
  files: SourceFiles,
  signal: AbortSignal,
): AsyncGenerator<ImportProgress, Imported> {
  if (request.mode === 'link' && request.source.kind === 'upload') {
    throw new AppError(
      'models/link-needs-path',
      'Only a file on this machine can be linked, and this one was sent by the page. Copy it instead.',
    );
  }
  const source = await openSource(files, request.source);
  try {
    const checked = await readGgufHeader(source);
    yield { type: 'header', header: checked.header, memory: planMemory(checked, process.availableMemory()).fit };
    const sha256 = yield* staged('hashing', source.size, hashSource(source, signal));
    const known = find(deps, sha256);
    if (known) return noteDuplicate(act, known);
    return yield* store(deps, act, { request, source, checked, sha256 }, signal);
  } finally {
    await source.close();
  }
}

type Checked = { request: ImportRequest; source: ModelSource; checked: GgufFile; sha256: string };

async function* store(
  deps: ImportDeps,
  act: Act,
  { request, source, checked, sha256 }: Checked,
  signal: AbortSignal,
): AsyncGenerator<ImportProgress, Imported> {
  const copied = request.mode === 'copy' || source.path === null;
  const target = copied ? join(deps.folder, `${sha256}.gguf`) : (source.path ?? '');
  let stored = false;
  try {
    if (copied) {
      deps.admit(source.size);
      await mkdir(deps.folder, { recursive: true });
      yield* staged('copying', source.size, copySource(source, target, sha256, signal));
    }
    signal.throwIfAborted();
    const record: ModelRecord = {
      id: randomUUID(),
      displayName: displayName(request.name, checked),
      sha256,
      storage: copied ? 'copied' : 'linked',
      path: target,
      modifiedMs: source.modifiedMs,
      label: modelLabel.nullable().catch(null).parse(checked.label),
      header: checked.header,
      cacheBytesPerToken: checked.cacheBytesPerToken,
      importedAt: Date.now(),
    };
    const known = find(deps, sha256);
    if (known) {
      stored = known.path === target;
      return noteDuplicate(act, known);
    }
    act.commit({ subject: record.id, details: { sha256, storage: record.storage, bytes: source.size } }, () => deps.repository.add(record));
    stored = true;
    return { record, duplicate: false };
  } finally {
    if (copied && !stored && !find(deps, sha256)) await rm(target, { force: true });
  }
}

function find({ repository, builtIn }: ImportDeps, sha256: string): ModelRecord | null {
  return builtIn.find((model) => model.sha256 === sha256) ?? repository.bySha256(sha256);
}

function noteDuplicate(act: Act, record: ModelRecord): Imported {
  act.commit({ subject: record.id, details: { sha256: record.sha256, duplicate: true } }, () => undefined);
  return { record, duplicate: true };
}

async function* staged<R>(
  stage: 'hashing' | 'copying',
  totalBytes: number,
  work: AsyncGenerator<number, R>,
): AsyncGenerator<ImportProgress, R> {
  try {
    for (;;) {
      const step = await work.next();
      if (step.done) {
        yield { type: 'progress', stage, bytes: totalBytes, totalBytes };
        return step.value;
      }
      yield { type: 'progress', stage, bytes: step.value, totalBytes };
    }
  } finally {
    await work.return(undefined as never);
  }
}

function displayName(fileName: string, { header }: GgufFile): string {
  const fromFile = basename(fileName, extname(fileName)).trim();
  return (header.name ?? '').trim() || fromFile || 'Model';
}
