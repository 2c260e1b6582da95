import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type { Json } from '../../core/contract/base.ts';
import type { DocumentKind, DocumentPage } from '../../core/contract/documents.ts';
import { endedReader, isProcessEnd } from '../../core/documents/process-end.ts';
import type { OcrMode, ReaderProtocol } from '../../core/documents/reader.protocol.ts';
import { AppError, isAbort, toErrorShape } from '../../core/errors.ts';
import type { WorkerCaller } from '../../core/ipc/worker-link.ts';
import { WorkerHost } from '../../local/worker-host.ts';
import { UsageError, type Command } from '../command.ts';

/** Larger files are not even loaded, bytes. */
const largest = 256 * 1024 * 1024;

type FileResult = {
  file: string;
  ok: boolean;
  error?: { code: string; message: string };
  kind: DocumentKind;
  seconds: number;
  pages: DocumentPage[];
};

export const documentsRead: Command = {
  area: 'documents',
  verb: 'read',
  usage: 'FILE… [--ocr auto|never|always]',
  summary: 'Read files (text layer or OCR) and print their text; needs no vault and stores nothing.',
  options: { ocr: { type: 'string', default: 'auto' } },
  positionals: [1, 100_000],
  async run({ args, values, json, signal, progress }) {
    const ocr = ocrMode(values['ocr']);
    const worker = new WorkerHost<ReaderProtocol>('documents', (_name, line) => progress(line));
    try {
      await worker.start();
      const results = await readAll(
        args,
        (file) => read(worker.link, file, ocr, signal),
        (result, done) => progress(`${done}/${args.length} ${line(result)}`),
      );
      const ok = results.every((result) => result.ok);
      return { json: json ? results.map(plain) : null, text: results.map(report).join('\n\n'), exit: ok ? 0 : 1 };
    } finally {
      await worker.stop();
    }
  },
};

function ocrMode(value: string | boolean | undefined): OcrMode {
  if (value === 'auto' || value === 'never' || value === 'always') return value;
  throw new UsageError('--ocr takes auto, never or always.');
}

/**
 * A few files at a time, results in the order of the arguments. Those that were being read when the documents process
 * ended are read once more at the end, one by one, so that only the one at fault fails.
 */
async function readAll(
  files: readonly string[],
  read: (file: string) => Promise<FileResult>,
  onDone: (result: FileResult, done: number) => void,
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  const suspects: number[] = [];
  let next = 0;
  let done = 0;
  const finish = (index: number, result: FileResult) => {
    results[index] = result;
    onDone(result, ++done);
  };
  const lane = async () => {
    while (next < files.length) {
      const index = next++;
      const file = files[index]!;
      try {
        finish(index, await read(file));
      } catch (error) {
        if (!isProcessEnd(error)) throw error;
        suspects.push(index);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(files.length, availableParallelism() + 1) }, lane));
  for (const index of suspects) {
    const file = files[index]!;
    try {
      finish(index, await read(file));
    } catch (error) {
      if (!isProcessEnd(error)) throw error;
      finish(index, failed(file, endedReader()));
    }
  }
  return results;
}

/** @throws when cancelled, or when the documents process ended */
async function read(reader: WorkerCaller<ReaderProtocol>, file: string, ocr: OcrMode, signal: AbortSignal): Promise<FileResult> {
  const startedAt = performance.now();
  const pages: DocumentPage[] = [];
  const seconds = () => Math.round(performance.now() - startedAt) / 1000;
  try {
    const onEvent = (event: ReaderProtocol['read']['event']) => void (event.type === 'page' && pages.push(event.page));
    const { kind } = await reader.call('read', { bytes: await load(file), name: basename(file), ocr }, { signal, onEvent });
    return { file, ok: true, kind, seconds: seconds(), pages };
  } catch (error) {
    if (isAbort(error) || isProcessEnd(error)) throw error;
    return { ...failed(file, error), seconds: seconds() };
  }
}

function failed(file: string, error: unknown): FileResult {
  const { code, message } = toErrorShape(error);
  return { file, ok: false, error: { code, message }, kind: 'unknown', seconds: 0, pages: [] };
}

async function load(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new AppError('files/not-found', 'There is no such file, or it is a folder.');
  if (found.size > largest)
    throw new AppError('documents/too-large', `The file is larger than ${largest / 1024 ** 2} MiB. Split it and read the parts.`);
  return readFile(file);
}

function plain({ pages, ...result }: FileResult): Json {
  return {
    ...result,
    pages: pages.map(({ number, source, text, words, problem }) => ({
      number,
      source,
      text,
      words: words as Json,
      ...(problem ? { problem } : {}),
    })),
  };
}

function line({ file, ok, error, pages, seconds }: FileResult): string {
  return ok ? `${file}: ${pages.length} pages in ${seconds.toFixed(1)} s` : `${file}: ${error?.message ?? ''}`;
}

function report(result: FileResult): string {
  return [`== ${line(result)}`, ...result.pages.map((page) => page.problem?.message ?? page.text)].join('\n');
}
