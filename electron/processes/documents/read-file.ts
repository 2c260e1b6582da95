import type { DocumentKind } from '../../core/contract/documents.ts';
import type { ReaderProtocol } from '../../core/documents/reader.protocol.ts';
import { AppError, isAbort } from '../../core/errors.ts';
import type { CallContext } from '../../core/ipc/calls.ts';
import { exhausted, pageTimedOut, timedOut } from './errors.ts';
import type { Limits } from './limits.ts';
import type { ThreadPool } from './thread-pool.ts';
import { watchSilence } from './watch-silence.ts';

type Params = ReaderProtocol['read']['params'];
type Event = ReaderProtocol['read']['event'];
type Result = ReaderProtocol['read']['result'];

/** How far a file has been read; kept outside the thread that reads it. */
type Progress = { opened: { kind: DocumentKind; pageCount: number } | null; nextPage: number; started: number; skip: number[] };

/**
 * Reads one file on a reader thread. A page that hangs or exhausts the thread's memory is left out with its problem,
 * and another thread goes on behind it, up to `limits.badPages` times.
 */
export async function readFile(
  params: Params,
  context: CallContext<Event>,
  use: { limits: Limits; threads: ThreadPool; ocrSlots: number },
): Promise<Result> {
  const { limits } = use;
  const startedAt = performance.now();
  const deadline = AbortSignal.timeout(limits.file);
  const signal = AbortSignal.any([context.signal, deadline]);
  const progress: Progress = { opened: null, nextPage: 1, started: 0, skip: [] };
  for (;;) {
    const failure = await attempt(params, { ...context, signal }, use, progress);
    if (deadline.aborted && !context.signal.aborted) throw timedOut();
    if (failure === null && progress.opened) return { ...progress.opened, durationMs: Math.round(performance.now() - startedAt) };
    const reason = failure ?? timedOut();
    if (!progress.opened || progress.started < progress.nextPage || progress.skip.length >= limits.badPages) throw reason;
    progress.skip.push(progress.started);
  }
}

/** Null when the file was read to its end, the error when its thread had to be ended; other errors are thrown. */
async function attempt(
  params: Params,
  { signal, emit }: CallContext<Event>,
  { limits, threads, ocrSlots }: { limits: Limits; threads: ThreadPool; ocrSlots: number },
  progress: Progress,
): Promise<AppError | null> {
  const thread = await threads.take(signal);
  const silence = watchSilence(limits.silence, () => thread.waitingForOcr > 0);
  thread.onActivity = () => silence.touch();
  let clean = false;
  const leaveOutSkipped = () => {
    while (progress.skip.includes(progress.nextPage)) {
      const { code, message } = pageTimedOut();
      emit({
        type: 'page',
        page: { number: progress.nextPage, width: 0, height: 0, source: 'text', text: '', words: [], problem: { code, message } },
      });
      progress.nextPage += 1;
    }
  };
  try {
    await thread.calls.call(
      'read',
      { bytes: params.bytes, name: params.name, ocr: params.ocr, limits, firstPage: progress.nextPage, skip: progress.skip, ocrSlots },
      {
        signal: AbortSignal.any([signal, silence.signal]),
        onEvent: (event) => {
          if (event.type === 'started') progress.started = event.number;
          else if (event.type === 'opened') {
            if (!progress.opened) emit(event);
            progress.opened = { kind: event.kind, pageCount: event.pageCount };
          } else {
            leaveOutSkipped();
            emit(event);
            progress.nextPage = event.page.number + 1;
          }
        },
      },
    );
    leaveOutSkipped();
    clean = true;
    return null;
  } catch (error) {
    if (signal.aborted) throw error;
    if (thread.ended === 'out-of-memory') return exhausted();
    if (silence.signal.aborted || thread.ended) return timedOut();
    clean = error instanceof AppError && !isAbort(error);
    throw error;
  } finally {
    silence.stop();
    await threads.give(thread, clean);
  }
}
