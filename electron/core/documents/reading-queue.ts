import type { SystemActs } from '../audit/act.ts';
import type { DocumentPage, DocumentSummary } from '../contract/documents.ts';
import { AppError, explained, isAbort, toErrorShape } from '../errors.ts';
import type { WorkerCaller } from '../ipc/worker-link.ts';
import type { Log } from '../log.ts';
import type { Blobs } from '../vault/blobs.ts';
import type { WritableDb } from '../vault/database.ts';
import { necessarily, noRoom } from '../vault/space/room.ts';
import type { DocumentsRepository, StoredDocument } from './documents.repository.ts';
import { clearPages } from './clear-pages.ts';
import { endedReader, isProcessEnd } from './process-end.ts';
import { PageRate } from './page-rate.ts';
import type { ReaderProtocol } from './reader.protocol.ts';

export type ReadingQueueDeps = {
  readonly db: WritableDb;
  readonly repository: DocumentsRepository;
  readonly blobs: Blobs;
  readonly reader: WorkerCaller<ReaderProtocol>;
  readonly systemAct: SystemActs;
  readonly log: Log;
  /** Documents read at the same time. */
  readonly parallel: number;
  onChange(id: string): void;
};

/** Pages are stored and progress is announced this often, ms. */
const flushInterval = 100;
const flushPages = 64;
/** What waits for room on the disk looks again this often, ms. */
const roomMs = 5_000;

type Reading = { readonly abort: AbortController; readonly done: Promise<void> };

/**
 * Reads queued documents, a few at a time. The queue is the table: what was being read when the application ended is
 * read again. A document whose reading brings the documents process down is tried once more, alone, so that a
 * neighbour that was merely read at the same time is not blamed for it. On a full disk none is begun, and one whose pages
 * find no room fails.
 */
export class ReadingQueue {
  readonly #deps: ReadingQueueDeps;
  readonly #reading = new Map<string, Reading>();
  /** Documents that were being read when the documents process ended. */
  readonly #suspects = new Set<string>();
  readonly #rate = new PageRate();
  #closed = false;
  #waiting: NodeJS.Timeout | null = null;

  constructor(deps: ReadingQueueDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { db, repository } = this.#deps;
    const release = db.transaction(() => {
      for (const id of repository.interrupted()) repository.queue(id);
    });
    necessarily(db, () => release.immediate());
    this.pump();
  }

  /** Starts as many readings as may run now. */
  pump(): void {
    if (this.#closed) return;
    for (const document of this.#deps.repository.queued(this.#deps.parallel + this.#suspects.size + 1)) {
      if (this.#reading.has(document.id)) continue;
      if (this.#reading.size >= this.#deps.parallel || this.#isAloneNow()) return;
      if (this.#suspects.has(document.id) && this.#reading.size > 0) continue;
      if (noRoom(this.#deps.db)) return this.#pumpLater();
      this.#begin(document);
    }
  }

  /** Stops reading a document; resolves when nothing of it is written any more. */
  async stop(id: string): Promise<void> {
    const reading = this.#reading.get(id);
    reading?.abort.abort();
    await reading?.done;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#waiting) clearTimeout(this.#waiting);
    await Promise.all([...this.#reading.keys()].map((id) => this.stop(id)));
  }

  /** How much waits and is read, for the monitor. */
  state(): { queued: number; reading: number; pagesPerMinute: number } {
    return { queued: this.#deps.repository.countQueued(), reading: this.#reading.size, pagesPerMinute: this.#rate.perMinute() };
  }

  #pumpLater(): void {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null;
      this.pump();
    }, roomMs).unref();
  }

  #isAloneNow(): boolean {
    return [...this.#reading.keys()].some((id) => this.#suspects.has(id));
  }

  #begin(document: StoredDocument): void {
    const abort = new AbortController();
    const done = this.#read(document, abort.signal)
      .catch((error: unknown) => this.#deps.log.bug('documents.read', error))
      .finally(() => {
        this.#reading.delete(document.id);
        this.pump();
      });
    this.#reading.set(document.id, { abort, done });
  }

  async #read(document: StoredDocument, signal: AbortSignal): Promise<void> {
    const { id } = document;
    const { db, repository, blobs, reader, onChange } = this.#deps;
    // Not in the caller's turn: import answers first.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return;
    // Of an earlier try.
    if (!(await clearPages(db, repository, id, () => !signal.aborted))) return;
    const begin = db.transaction(() => repository.beginReading(id));
    // Small, and its place in the queue was given for room that there was.
    necessarily(db, () => begin.immediate());
    onChange(id);
    const pages = new PageBuffer((batch, opened) => {
      db.transaction(() => {
        if (opened) repository.setOpened(id, opened.kind, opened.pageCount);
        if (batch.length > 0) repository.addPages(id, batch);
      }).immediate();
      this.#rate.note(batch.length);
      onChange(id);
    });
    const ends = AbortSignal.any([signal, pages.failed]);
    try {
      const params = { bytes: blobs.get(document.blob), name: document.name, ocr: 'auto' as const };
      const { durationMs } = await reader.call('read', params, { signal: ends, onEvent: (event) => pages.take(event) });
      pages.flush();
      this.#finish(document, 'ready', null, durationMs);
    } catch (thrown) {
      pages.drop();
      const error: unknown = pages.failed.aborted ? explained(pages.failed.reason) : thrown;
      // Whoever stopped it decides what becomes of the document; at a lock it stays `reading` and is taken up again.
      if (signal.aborted && isAbort(error)) return;
      if (isProcessEnd(error) && !this.#suspects.has(id)) {
        this.#suspects.add(id);
        const again = db.transaction(() => repository.queue(id));
        necessarily(db, () => again.immediate());
        onChange(id);
        return;
      }
      this.#finish(document, 'failed', this.#describe(isProcessEnd(error) ? endedReader() : error), null);
    }
  }

  #finish({ id, caseId }: StoredDocument, status: 'ready' | 'failed', error: DocumentSummary['error'], durationMs: number | null): void {
    const { repository, systemAct, onChange } = this.#deps;
    this.#suspects.delete(id);
    systemAct('documents.read').commit({ subject: id, caseId, outcome: error ? 'failed' : 'done', reason: error?.code ?? null }, () =>
      repository.finish(id, status, error, durationMs),
    );
    onChange(id);
  }

  #describe(error: unknown): { code: string; message: string } {
    if (!(error instanceof AppError)) this.#deps.log.bug('documents.read', error);
    const { code, message } = toErrorShape(error);
    return { code, message };
  }
}

type Opened = Extract<ReaderProtocol['read']['event'], { type: 'opened' }>;

/** Collects what arrives and hands it on a few times a second, so that fast documents cost few transactions. */
class PageBuffer {
  readonly #write: (pages: readonly DocumentPage[], opened: Opened | null) => void;
  #pages: DocumentPage[] = [];
  #opened: Opened | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #failure = new AbortController();

  constructor(write: (pages: readonly DocumentPage[], opened: Opened | null) => void) {
    this.#write = write;
  }

  /** Aborted, with the reason, once something could not be written (on a full disk): who reads on reads for nothing. */
  get failed(): AbortSignal {
    return this.#failure.signal;
  }

  take(event: ReaderProtocol['read']['event']): void {
    if (event.type === 'opened') this.#opened = event;
    else this.#pages.push(event.page);
    if (this.#pages.length >= flushPages) this.#flushOrFail();
    else this.#timer ??= setTimeout(() => this.#flushOrFail(), flushInterval);
  }

  /** Nobody waits for these: what they throw would end core. */
  #flushOrFail(): void {
    try {
      this.flush();
    } catch (error) {
      this.#failure.abort(error);
    }
  }

  flush(): void {
    const pages = this.#pages;
    const opened = this.#opened;
    this.drop();
    if (opened || pages.length > 0) this.#write(pages, opened);
  }

  drop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#pages = [];
    this.#opened = null;
  }
}
