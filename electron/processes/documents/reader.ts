import type { CallContext, Handlers } from '../../core/ipc/calls.ts';
import { AppError, isAbort } from '../../core/errors.ts';
import type { ReaderProtocol } from '../../core/documents/reader.protocol.ts';
import { exhausted, timedOut } from './errors.ts';
import { limits as defaultLimits, type Limits } from './limits.ts';
import { OcrPool } from './ocr/pool.ts';
import { readFile } from './read-file.ts';
import { renderTemplateInThread } from './render-template.ts';
import { ThreadPool } from './thread-pool.ts';

/**
 * The documents process: reader threads parse, OCR engines recognise, and this thread only watches them, so that it
 * always answers and a hostile file costs at most its own thread.
 */
export class Reader implements Handlers<ReaderProtocol> {
  readonly #limits: Limits;
  readonly #ocr: OcrPool;
  readonly #threads: ThreadPool;

  constructor(options: { limits?: Partial<Limits>; ocrEngines?: number } = {}) {
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#ocr = new OcrPool({ pageTimeout: this.#limits.ocrPage, ...(options.ocrEngines ? { size: options.ocrEngines } : {}) });
    this.#threads = new ThreadPool({ recognize: (image, signal) => this.#ocr.recognize(image, signal), heapMiB: this.#limits.heap });
  }

  read = (params: ReaderProtocol['read']['params'], context: CallContext<ReaderProtocol['read']['event']>) =>
    readFile(params, context, { limits: this.#limits, threads: this.#threads, ocrSlots: this.#ocr.size });

  renderPage = async (
    params: ReaderProtocol['renderPage']['params'],
    { signal }: CallContext<never>,
  ): Promise<ReaderProtocol['renderPage']['result']> => {
    const thread = await this.#threads.take(signal);
    const timeout = AbortSignal.timeout(this.#limits.silence);
    let clean = false;
    try {
      const picture = await thread.calls.call(
        'renderPage',
        { ...params, limits: this.#limits },
        { signal: AbortSignal.any([signal, timeout]) },
      );
      clean = true;
      return picture;
    } catch (error) {
      if (thread.ended === 'out-of-memory') throw exhausted();
      if (timeout.aborted && !signal.aborted) throw timedOut();
      clean = error instanceof AppError && !isAbort(error);
      throw error;
    } finally {
      await this.#threads.give(thread, clean);
    }
  };

  renderTemplate = (params: ReaderProtocol['renderTemplate']['params'], { signal }: CallContext<never>) =>
    renderTemplateInThread(params, signal);

  async close(): Promise<void> {
    await Promise.all([this.#threads.close(), this.#ocr.close()]);
  }
}
