import type { ChatService } from '../chat/chat.service.ts';
import type { DocumentsService } from '../documents/documents.service.ts';
import type { ReportsService } from '../reports/reports.service.ts';
import type { RunsService } from '../runs/runs.service.ts';
import type { Blobs } from '../vault/blobs.ts';
import type { WritableDb } from '../vault/database.ts';
import type { CaseContents } from './case-removal.ts';

type Parts = {
  readonly documents: DocumentsService;
  readonly runs: RunsService;
  readonly chat: ChatService;
  readonly reports: ReportsService;
  readonly blobs: Blobs;
  readonly busy: (ms: number) => void;
};

/** Everything that keeps content of cases, as a removal and a check of the vault see it. Whoever begins to keep blobs is added here. */
export class ContentsOfCases implements CaseContents {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async stop(caseId: string): Promise<void> {
    await this.#parts.runs.stopCase(caseId);
    await this.#parts.chat.stopCase(caseId);
    await this.#parts.documents.stopCase(caseId);
  }

  shrink(caseId: string, check: () => void): Promise<void> {
    return this.#parts.documents.shrinkCase(caseId, check);
  }

  resume(caseId: string): void {
    this.#parts.documents.resumeCase(caseId);
    this.#parts.runs.resumeCase(caseId);
  }

  blobs(caseId: string): string[] {
    const { documents, runs, reports } = this.#parts;
    return [...documents.blobsOf(caseId), ...runs.blobsOf(caseId), ...reports.blobsOf(caseId)];
  }

  allBlobs(): Iterable<string> {
    return this.#parts.blobs.ids();
  }

  refersTo(blob: string): boolean {
    const { documents, runs, reports } = this.#parts;
    return documents.refersTo(blob) || runs.refersTo(blob) || reports.refersTo(blob);
  }

  /** Every blob that something needs, of whatever case or of none. */
  referred(db: WritableDb): string[] {
    const cases = db.prepare('SELECT id FROM cases').all() as { id: string }[];
    return [...cases.flatMap(({ id }) => this.blobs(id)), ...this.#parts.reports.blobsOf(null)];
  }

  erase(blob: string): void {
    this.#parts.documents.forget(blob);
    this.#parts.blobs.remove(blob);
  }

  isThere(blob: string): boolean {
    return this.#parts.blobs.diskBytes(blob) !== null;
  }

  busy(ms: number): void {
    this.#parts.busy(ms);
  }
}
