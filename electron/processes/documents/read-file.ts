import type { DocumentPage } from '../../core/contract/documents.ts';
import type { ReaderProtocol } from '../../core/documents/reader.protocol.ts';
import { AppError, isAbort } from '../../core/errors.ts';
import type { CallContext } from '../../core/ipc/calls.ts';
import { damaged, exhausted, pageTimedOut, timedOut } from './errors.ts';
import type { Limits } from './limits.ts';
import type { ThreadPool } from './thread-pool.ts';
import type { ThreadProtocol } from './thread.protocol.ts';
import { watchSilence } from './watch-silence.ts';

type Params = ReaderProtocol['read']['params'];
type Event = ReaderProtocol['read']['event'];
type Opened = Extract<Event, { type: 'opened' }>;
type Use = { readonly limits: Limits; readonly threads: ThreadPool; readonly ocrSlots: number };

/**
 * Reads one file on a reader thread. A page that hangs or exhausts the thread's memory is left out with its problem,
 * and another thread goes on behind it, up to `limits.badPages` times. A file without one readable page fails.
 */
export async function readFile(params: Params, context: CallContext<Event>, use: Use): Promise<ReaderProtocol['read']['result']> {
  const startedAt = performance.now();
  const deadline = AbortSignal.timeout(use.limits.file);
  const progress = new Progress(context.emit);
  const signal = AbortSignal.any([context.signal, deadline]);
  for (;;) {
    const failure = await attempt(params, signal, use, progress).catch((error: unknown) => {
      throw deadline.aborted && !context.signal.aborted ? timedOut() : error;
    });
    if (!failure) break;
    if (!progress.leaveOutStarted(use.limits.badPages)) throw failure;
  }
  const { kind, pageCount } = progress.finish();
  return { kind, pageCount, durationMs: Math.round(performance.now() - startedAt) };
}

/** Null when the thread came to the file's end, the error when it had to be ended; the file's own errors are thrown. */
async function attempt(
  params: Params,
  signal: AbortSignal,
  { limits, threads, ocrSlots }: Use,
  progress: Progress,
): Promise<AppError | null> {
  const thread = await threads.take(signal);
  const silence = watchSilence(limits.silence, thread);
  thread.onActivity = () => silence.touch();
  let clean = false;
  try {
    const { nextPage: firstPage, leftOut: skip } = progress;
    await thread.calls.call(
      'read',
      { ...params, limits, firstPage, skip, ocrSlots },
      { signal: AbortSignal.any([signal, silence.signal]), onEvent: (event) => progress.take(event) },
    );
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

/** How far a file has been read; it outlives the thread that reads it. */
class Progress {
  nextPage = 1;
  /** Pages that ended a thread. */
  readonly leftOut: number[] = [];
  readonly #emit: (event: Event) => void;
  readonly #problems: string[] = [];
  #opened: Opened | null = null;
  #started = 0;
  #readable = 0;

  constructor(emit: (event: Event) => void) {
    this.#emit = emit;
  }

  take(event: ThreadProtocol['read']['event']): void {
    if (event.type === 'started') this.#started = event.number;
    else if (event.type === 'page') {
      this.#emitLeftOut();
      this.#emitPage(event.page);
    } else if (!this.#opened) {
      this.#opened = event;
      this.#emit(event);
    }
  }

  /** Gives up the page that was being read; false when it is not known or there were too many. */
  leaveOutStarted(most: number): boolean {
    if (!this.#opened || this.#started < this.nextPage || this.leftOut.length >= most) return false;
    this.leftOut.push(this.#started);
    return true;
  }

  finish(): Opened {
    this.#emitLeftOut();
    if (!this.#opened) throw damaged();
    if (this.#readable === 0) throw this.#problems.every((code) => code === 'documents/page-timed-out') ? timedOut() : damaged();
    return this.#opened;
  }

  #emitLeftOut(): void {
    while (this.leftOut.includes(this.nextPage)) {
      const { code, message } = pageTimedOut();
      this.#emitPage({ number: this.nextPage, width: 0, height: 0, source: 'text', text: '', words: [], problem: { code, message } });
    }
  }

  #emitPage(page: DocumentPage): void {
    if (page.problem) this.#problems.push(page.problem.code);
    else this.#readable += 1;
    this.nextPage = page.number + 1;
    this.#emit({ type: 'page', page });
  }
}
