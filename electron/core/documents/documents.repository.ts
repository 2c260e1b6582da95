import { z } from 'zod';
import { documentSummary, type DocumentKind, type DocumentPage, type DocumentStatus, type DocumentSummary } from '../contract/documents.ts';
import type { WritableDb } from '../vault/database.ts';
import { parsePage, storeWords } from './page-row.ts';

const row = z
  .object({
    id: z.string(),
    case_id: z.string(),
    name: z.string(),
    kind: documentSummary.shape.kind,
    size: z.number(),
    sha256: z.string(),
    blob: z.string(),
    status: documentSummary.shape.status,
    page_count: z.number().nullable(),
    pages_read: z.number(),
    ocr_pages: z.number(),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    imported_at: z.number(),
    imported_by: z.string(),
    duration_ms: z.number().nullable(),
  })
  .transform((r): StoredDocument => ({
    id: r.id,
    caseId: r.case_id,
    name: r.name,
    kind: r.kind,
    size: r.size,
    sha256: r.sha256,
    status: r.status,
    pageCount: r.page_count,
    pagesRead: r.pages_read,
    ocrPages: r.ocr_pages,
    error: r.error_code === null ? null : { code: r.error_code, message: r.error_message ?? '' },
    importedAt: r.imported_at,
    importedBy: r.imported_by,
    durationMs: r.duration_ms,
    blob: r.blob,
  }));

/** A document with the id of its content in the blob store. */
export type StoredDocument = DocumentSummary & { readonly blob: string };

export type DocumentFilter = {
  readonly caseIds: readonly string[];
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
};

export class DocumentsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** Those of the cases, newest first; `search` is part of the name. */
  list({ caseIds, search, offset, limit }: DocumentFilter): { documents: StoredDocument[]; total: number } {
    const where = "WHERE case_id IN (SELECT value FROM json_each(?)) AND (? = '' OR instr(lower(name), lower(?)) > 0)";
    const values = [JSON.stringify(caseIds), search, search];
    const found = this.#db
      .prepare(`SELECT * FROM documents ${where} ORDER BY imported_at DESC, rowid DESC LIMIT ? OFFSET ?`)
      .all(...values, limit, offset);
    const total = z.number().parse(
      this.#db
        .prepare(`SELECT count(*) FROM documents ${where}`)
        .pluck()
        .get(...values),
    );
    return { documents: found.map((r) => row.parse(r)), total };
  }

  byId(id: string): StoredDocument | null {
    return parse(this.#db.prepare('SELECT * FROM documents WHERE id = ?').get(id));
  }

  bySha256(caseId: string, sha256: string): StoredDocument | null {
    return parse(this.#db.prepare('SELECT * FROM documents WHERE case_id = ? AND sha256 = ?').get(caseId, sha256));
  }

  /** Queued documents, the one that waits longest first. */
  queued(limit: number): StoredDocument[] {
    return this.#db
      .prepare("SELECT * FROM documents WHERE status = 'queued' ORDER BY imported_at, rowid LIMIT ?")
      .all(limit)
      .map((r) => row.parse(r));
  }

  countQueued(): number {
    return z.number().parse(this.#db.prepare("SELECT count(*) FROM documents WHERE status = 'queued'").pluck().get());
  }

  refersTo(blob: string): boolean {
    return this.#db.prepare('SELECT 1 FROM documents WHERE blob = ? LIMIT 1').get(blob) !== undefined;
  }

  idsOf(caseId: string): string[] {
    return z.array(z.string()).parse(this.#db.prepare('SELECT id FROM documents WHERE case_id = ?').pluck().all(caseId));
  }

  blobsOf(caseId: string): string[] {
    return z.array(z.string()).parse(this.#db.prepare('SELECT blob FROM documents WHERE case_id = ?').pluck().all(caseId));
  }

  add(added: Pick<StoredDocument, 'id' | 'caseId' | 'name' | 'size' | 'sha256' | 'blob' | 'importedAt' | 'importedBy'>): void {
    this.#db
      .prepare(
        "INSERT INTO documents (id, case_id, name, kind, size, sha256, blob, status, imported_at, imported_by) VALUES (?, ?, ?, 'unknown', ?, ?, ?, 'queued', ?, ?)",
      )
      .run(added.id, added.caseId, added.name, added.size, added.sha256, added.blob, added.importedAt, added.importedBy);
  }

  rename(id: string, name: string): void {
    this.#db.prepare('UPDATE documents SET name = ? WHERE id = ?').run(name, id);
  }

  /** Forgets what was read and sets the status: before a first, another or a taken-up reading. */
  /** Nothing of it is read any more. */
  beginReading(id: string): void {
    this.#db.prepare('DELETE FROM document_pages WHERE document_id = ?').run(id);
    this.#setUnread(id, 'reading');
  }

  #setUnread(id: string, status: Extract<DocumentStatus, 'queued' | 'reading'>): void {
    this.#db
      .prepare(
        "UPDATE documents SET status = ?, kind = 'unknown', page_count = NULL, pages_read = 0, ocr_pages = 0, error_code = NULL, error_message = NULL, duration_ms = NULL WHERE id = ?",
      )
      .run(status, id);
  }

  /** Puts a document into the queue. What was read of it stays until it is read again (`dropPages`), so that this takes no room. */
  queue(id: string): void {
    this.#setUnread(id, 'queued');
  }

  /** Deletes a few pages; false once none is left. Each page is overwritten, so all at once may take more room than there is. */
  dropPages(id: string): boolean {
    const some = 'SELECT number FROM document_pages WHERE document_id = @id LIMIT 4';
    return this.#db.prepare(`DELETE FROM document_pages WHERE document_id = @id AND number IN (${some})`).run({ id }).changes > 0;
  }

  /** Readings that a crash or a lock interrupted. */
  interrupted(): string[] {
    return z.array(z.string()).parse(this.#db.prepare("SELECT id FROM documents WHERE status = 'reading'").pluck().all());
  }

  setOpened(id: string, kind: DocumentKind, pageCount: number): void {
    this.#db.prepare('UPDATE documents SET kind = ?, page_count = ? WHERE id = ?').run(kind, pageCount, id);
  }

  addPages(id: string, pages: readonly DocumentPage[]): void {
    const insert = this.#db.prepare(
      'INSERT INTO document_pages (document_id, number, width, height, source, text, words, problem_code, problem_message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    for (const { number, width, height, source, text, words, problem } of pages)
      insert.run(id, number, width, height, source, text, storeWords(words), problem?.code ?? null, problem?.message ?? null);
    const ocr = pages.filter((page) => page.source === 'ocr').length;
    this.#db.prepare('UPDATE documents SET pages_read = pages_read + ?, ocr_pages = ocr_pages + ? WHERE id = ?').run(pages.length, ocr, id);
  }

  finish(
    id: string,
    status: Extract<DocumentStatus, 'ready' | 'failed' | 'cancelled'>,
    error: DocumentSummary['error'],
    durationMs: number | null,
  ): void {
    this.#db
      .prepare('UPDATE documents SET status = ?, error_code = ?, error_message = ?, duration_ms = ? WHERE id = ?')
      .run(status, error?.code ?? null, error?.message ?? null, durationMs, id);
  }

  /** Its pages go with it. */
  remove(id: string): void {
    this.#db.prepare('DELETE FROM documents WHERE id = ?').run(id);
  }

  page(id: string, number: number): DocumentPage | null {
    const found = this.#db.prepare('SELECT * FROM document_pages WHERE document_id = ? AND number = ?').get(id, number);
    return found === undefined ? null : parsePage(found);
  }

  /** Pages in order, `limit` of them after page `after`. */
  pages(id: string, after: number, limit: number): DocumentPage[] {
    return this.#db
      .prepare('SELECT * FROM document_pages WHERE document_id = ? AND number > ? ORDER BY number LIMIT ?')
      .all(id, after, limit)
      .map((found) => parsePage(found));
  }
}

function parse(found: unknown): StoredDocument | null {
  return found === undefined ? null : row.parse(found);
}
