import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Act } from '../audit/act.ts';
import type { FileSource } from '../contract/base.ts';
import type { DocumentEvent, DocumentFinding, DocumentPage, DocumentSummary, PageImage } from '../contract/documents.ts';
import { AppError } from '../errors.ts';
import type { SourceFiles } from '../files/source-files.ts';
import { Topic } from '../ipc/topic.ts';
import { databaseBytes } from '../vault/database.ts';
import { necessarily, noRoom } from '../vault/space/room.ts';
import { emptyWriteAheadLog } from '../vault/write-ahead-log.ts';
import { DocumentsRepository, type DocumentFilter, type StoredDocument } from './documents.repository.ts';
import { findPersonalData } from './document-findings.ts';
import { clearPages } from './clear-pages.ts';
import { DocumentStock } from './document-stock.ts';
import { PageImages } from './page-images.ts';
import { ReadingQueue, type ReadingQueueDeps } from './reading-queue.ts';
import { readSamples } from './samples.ts';

/** Largest file that is imported, bytes; the reader refuses larger ones anyway. */
export const largestDocument = 256 * 1024 * 1024;

export type DocumentsDeps = Omit<ReadingQueueDeps, 'repository' | 'onChange' | 'parallel'> & {
  /** Folder of the sample documents that ship with Redoubt. */
  readonly samplesFolder: string;
  /** Equal content is one blob: does anything but a document still need it? */
  readonly isReferredElsewhere: (blob: string) => boolean;
  /** Throws where nothing of these cases may be deleted. */
  readonly refuseHeld: (caseIds: Iterable<string>) => void;
  /** Documents read at the same time. */
  readonly parallel?: number;
};

export type ImportFile = { readonly name: string; readonly source: FileSource };

/** Documents of a vault: encrypted originals, their pages as text with word boxes, and the queue that reads them. */
export class DocumentsService {
  readonly #deps: DocumentsDeps;
  readonly #repository: DocumentsRepository;
  readonly #stock: DocumentStock;
  readonly #queue: ReadingQueue;
  readonly #images: PageImages;
  readonly #events = new Topic<DocumentEvent>();

  constructor(deps: DocumentsDeps) {
    this.#deps = deps;
    this.#repository = new DocumentsRepository(deps.db);
    this.#stock = new DocumentStock({ ...deps, repository: this.#repository, onChange: (id) => this.#announce(id) });
    this.#images = new PageImages(deps.reader);
    this.#queue = new ReadingQueue({
      ...deps,
      repository: this.#repository,
      parallel: deps.parallel ?? 3,
      onChange: (id) => this.#announce(id),
    });
  }

  /** Takes up what a crash or a lock interrupted, and everything that waits. */
  start(): void {
    this.#queue.start();
  }

  /** Stops reading; what was being read is read again after the next start. */
  close(): Promise<void> {
    return this.#queue.close();
  }

  /** How much waits and is read, for the monitor. */
  queueState(): { queued: number; reading: number; pagesPerMinute: number } {
    return this.#queue.state();
  }

  list(input: DocumentFilter): { documents: DocumentSummary[]; total: number } {
    const { documents, total } = this.#repository.list(input);
    return { documents: documents.map(summary), total };
  }

  /** @throws AppError `documents/not-found` */
  get(id: string): DocumentSummary {
    return summary(this.#stored(id));
  }

  /** @throws AppError `documents/not-found`, `documents/no-such-page` (also while it is not read yet) */
  page(id: string, number: number): DocumentPage {
    const page = this.#repository.page(this.#stored(id).id, number);
    if (!page) throw new AppError('documents/no-such-page', `Page ${number} is not there, or not read yet.`, { id, number });
    return page;
  }

  /** All pages read so far, in order. @throws AppError `documents/not-found` */
  pages(id: string): DocumentPage[] {
    return this.#repository.pages(this.#stored(id).id, 0, -1);
  }

  /** The original file. @throws AppError `documents/not-found`, `vault/blob-damaged` */
  content(id: string): Uint8Array {
    return this.#deps.blobs.get(this.#stored(id).blob);
  }

  /** Draws a page; `maxSide` is the longest side in pixels. */
  pageImage(id: string, number: number, maxSide: number, signal?: AbortSignal): Promise<PageImage> {
    const { name, blob } = this.#stored(id);
    return this.#images.get({ blob, name, number, maxSide, bytes: () => this.#deps.blobs.get(blob) }, signal);
  }

  /** Personal data on the pages read so far, each with the boxes of the words it touches. */
  async findings(id: string): Promise<DocumentFinding[]> {
    return findPersonalData(this.#repository, this.#stored(id).id);
  }

  /**
   * Stores each file in the vault and queues it for reading. Content that the case has already is not stored twice: its
   * document is returned. A file that cannot be taken does not keep the others from being imported.
   * @throws AppError `documents/not-imported` naming the files that could not be taken, after the others were
   */
  async import(
    act: Act,
    caseId: string,
    files: readonly ImportFile[],
    sources: SourceFiles,
    signal?: AbortSignal,
  ): Promise<DocumentSummary[]> {
    const imported: DocumentSummary[] = [];
    const refused: string[] = [];
    let only: unknown = null;
    for (const { name, source } of files) {
      try {
        const id = await this.#stock.addFrom(act, caseId, name, sources.stream(source, largestDocument), signal);
        imported.push(this.get(id));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        only = error;
        refused.push(`${name}: ${error.message}`);
      }
      await nextTurn();
      // Who was taken out of the case meanwhile adds nothing more to it.
      signal?.throwIfAborted();
    }
    this.#queue.pump();
    if (refused.length === 1 && imported.length === 0) throw only;
    if (refused.length > 0)
      throw new AppError(
        'documents/not-imported',
        `${imported.length} of ${files.length} files were imported. Not imported: ${refused.join(' ')}`,
        { imported: imported.length, refused },
      );
    return imported;
  }

  /** Imports the samples that the case does not have yet; returns all of them. */
  importSamples(act: Act, caseId: string): DocumentSummary[] {
    const ids = readSamples(this.#deps.samplesFolder).map(({ name, bytes }) => this.#stock.add(act, caseId, name, bytes));
    this.#queue.pump();
    return ids.map((id) => this.get(id));
  }

  /** Stops the reading of documents that wait or are being read; others stay as they are. */
  async cancel(act: Act, ids: readonly string[]): Promise<DocumentSummary[]> {
    const documents = ids.map((id) => this.#stored(id));
    const stopped: string[] = [];
    for (const { id } of documents) {
      await this.#queue.stop(id);
      if (['queued', 'reading'].includes(this.#stored(id).status)) stopped.push(id);
    }
    act.commit({ subject: subjectOf(ids), details: { cancelled: stopped.length, ...severalOf(ids, stopped) } }, () => {
      for (const id of stopped) this.#repository.finish(id, 'cancelled', null, null);
    });
    for (const id of stopped) this.#announce(id);
    return ids.map((id) => this.get(id));
  }

  /** Queues failed and cancelled documents again; others stay as they are. */
  retry(act: Act, ids: readonly string[]): DocumentSummary[] {
    const again = ids.map((id) => this.#stored(id)).filter(({ status }) => status === 'failed' || status === 'cancelled');
    act.commit(
      {
        subject: subjectOf(ids),
        details: {
          queued: again.length,
          ...severalOf(
            ids,
            again.map(({ id }) => id),
          ),
        },
      },
      () => {
        for (const { id } of again) this.#repository.queue(id);
      },
    );
    for (const { id } of again) this.#announce(id);
    this.#queue.pump();
    return ids.map((id) => this.get(id));
  }

  /**
   * Removes documents with their pages and originals, whose keys are destroyed. Unknown ids are passed over.
   * @throws AppError `cases/legal-hold`
   */
  async remove(act: Act, ids: readonly string[]): Promise<{ removed: number }> {
    const documents = ids.map((id) => this.#repository.byId(id)).filter((document) => document !== null);
    const refuseHeld = () => this.#deps.refuseHeld(documents.map(({ caseId }) => caseId));
    refuseHeld();
    for (const { id } of documents) await this.#queue.stop(id);
    await this.#shrink(ids, refuseHeld);
    act.commit(
      {
        subject: subjectOf(ids),
        details: {
          removed: documents.length,
          ...severalOf(
            ids,
            documents.map(({ id }) => id),
          ),
        },
      },
      () => {
        refuseHeld();
        for (const { id } of documents) this.#repository.remove(id);
      },
    );
    for (const { id, caseId, blob } of documents) {
      this.#stock.eraseUnused(blob);
      this.#images.forget(blob);
      this.#events.publish({ type: 'removed', id, caseId });
    }
    if (documents.length > 0) emptyWriteAheadLog(this.#deps.db);
    return { removed: documents.length };
  }

  /**
   * Where the disk could be too full to delete everything at once, the pages go first, a few at a time. A document of which
   * that is all that came to pass stands there as one whose reading was stopped.
   */
  async #shrink(ids: readonly string[], check: () => void): Promise<void> {
    const { db } = this.#deps;
    if (!noRoom(db, databaseBytes(db))) return;
    for (const id of ids) {
      check();
      necessarily(db, () => this.#repository.finish(id, 'cancelled', null, null));
      await clearPages(db, this.#repository, id, () => (check(), true));
    }
  }

  /** True when the blob is the original of a document; for the sweep of orphans. */
  refersTo(blob: string): boolean {
    return this.#repository.refersTo(blob);
  }

  /** Stops the reading of everything in a case. */
  async stopCase(caseId: string): Promise<void> {
    await Promise.all(this.#repository.idsOf(caseId).map((id) => this.#queue.stop(id)));
  }

  /** Deletes the pages of a case that is about to be removed, where the disk is too full to delete all at once. */
  shrinkCase(caseId: string, check: () => void): Promise<void> {
    return this.#shrink(this.#repository.idsOf(caseId), check);
  }

  /** Has everything in a case read that `stopCase` stopped. */
  resumeCase(caseId: string): void {
    const { db } = this.#deps;
    const stopped = this.#repository.idsOf(caseId).filter((id) => this.#stored(id).status === 'reading');
    const release = db.transaction(() => stopped.forEach((id) => this.#repository.queue(id)));
    necessarily(db, () => release.immediate());
    for (const id of stopped) this.#announce(id);
    this.#queue.pump();
  }

  /** Ids of the originals in a case. */
  blobsOf(caseId: string): string[] {
    return this.#repository.blobsOf(caseId);
  }

  /** Forgets what was drawn of an original that is erased. */
  forget(blob: string): void {
    this.#images.forget(blob);
  }

  /** Changes of documents in cases for which `sees` says yes at that moment. */
  async *watch(sees: (caseId: string) => boolean, signal?: AbortSignal): AsyncGenerator<DocumentEvent> {
    const events = this.#events.subscribe(signal);
    try {
      for await (const event of events) if (sees(event.type === 'removed' ? event.caseId : event.document.caseId)) yield event;
    } finally {
      await events.return?.();
    }
  }

  /**
   * Waits until a document is read.
   * @throws AppError with the document's own error when it failed, `documents/cancelled`, `documents/not-found`, `request/cancelled`
   */
  async waitUntilRead(id: string, signal?: AbortSignal): Promise<DocumentSummary> {
    const events = this.#events.subscribe(signal);
    try {
      for (;;) {
        const { status, error, ...rest } = this.get(id);
        if (status === 'ready') return { status, error, ...rest };
        if (status === 'failed')
          throw new AppError(
            (error?.code ?? 'documents/damaged') as `${string}/${string}`,
            error?.message ?? 'The document could not be read.',
          );
        if (status === 'cancelled')
          throw new AppError('documents/cancelled', 'Reading this document was cancelled. Retry it in the documents view.', { id });
        for (;;) {
          const next = await events.next();
          if (next.done) throw new AppError('request/cancelled', 'The request was cancelled.');
          if ((next.value.type === 'removed' ? next.value.id : next.value.document.id) === id) break;
        }
      }
    } finally {
      await events.return?.();
    }
  }

  #stored(id: string): StoredDocument {
    const document = this.#repository.byId(id);
    if (!document) throw new AppError('documents/not-found', 'This document is not there any more.', { id });
    return document;
  }

  #announce(id: string): void {
    const document = this.#repository.byId(id);
    if (document) this.#events.publish({ type: 'changed', document: summary(document) });
  }
}

/** A leaf about one document names it; one about many says how many in its details. */
/** Which they were, where the subject cannot say it: the life of each of them has this entry. */
function severalOf(asked: readonly string[], touched: readonly string[]): { documents?: string[] } {
  return asked.length === 1 ? {} : { documents: [...touched] };
}

function subjectOf(ids: readonly string[]): string {
  return ids.length === 1 ? (ids[0] ?? '') : '';
}

function summary({ blob: _blob, ...document }: StoredDocument): DocumentSummary {
  return document;
}
