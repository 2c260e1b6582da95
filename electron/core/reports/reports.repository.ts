import { z } from 'zod';
import type { Report } from '../contract/reports.ts';
import type { WritableDb } from '../vault/database.ts';
import type { StoredIdentity } from './signing/report-identity.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const identityRow = z.object({ root: bytes, root_key: bytes, certificate: bytes, private_key: bytes });
const reportRow = z.object({ id: z.string(), case_id: z.string(), title: z.string(), created_at: z.number(), created_by: z.string() });
const fileRow = z.object({ name: z.string(), size: z.number(), sha256: z.string(), blob: z.string() });
export type StoredFile = z.infer<typeof fileRow>;

export class ReportsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  identity(): StoredIdentity | null {
    const row: unknown = this.#db.prepare('SELECT root, root_key, certificate, private_key FROM report_identity').get();
    if (row === undefined) return null;
    const { root, root_key, certificate, private_key } = identityRow.parse(row);
    return { root, rootKey: root_key, certificate, privateKey: private_key };
  }

  addIdentity({ root, rootKey, certificate, privateKey }: StoredIdentity, at: number): void {
    this.#db
      .prepare('INSERT INTO report_identity (one, root, root_key, certificate, private_key, created_at) VALUES (1, ?, ?, ?, ?, ?)')
      .run(root, rootKey, certificate, privateKey, at);
  }

  add(report: Omit<Report, 'files'> & { language: string }, files: readonly StoredFile[]): void {
    const { id, caseId, runIds, title, language, createdAt, createdBy } = report;
    this.#db
      .prepare('INSERT INTO reports (id, case_id, title, language, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, caseId, title, language, createdAt, createdBy);
    const addRun = this.#db.prepare('INSERT INTO report_runs (report_id, position, run_id) VALUES (?, ?, ?)');
    for (const [position, runId] of runIds.entries()) addRun.run(id, position, runId);
    const addFile = this.#db.prepare('INSERT INTO report_files (report_id, position, name, size, sha256, blob) VALUES (?, ?, ?, ?, ?, ?)');
    for (const [position, { name, size, sha256, blob }] of files.entries()) addFile.run(id, position, name, size, sha256, blob);
  }

  /** Those of the cases, newest first; that cover a run, or all. */
  list(caseIds: readonly string[], runId: string | null): Report[] {
    const sql = `SELECT id, case_id, title, created_at, created_by FROM reports WHERE case_id IN (SELECT value FROM json_each(?))
      AND (? IS NULL OR id IN (SELECT report_id FROM report_runs WHERE run_id = ?)) ORDER BY created_at DESC, id`;
    const rows = z.array(reportRow).parse(this.#db.prepare(sql).all(JSON.stringify(caseIds), runId, runId));
    return rows.map((row) => this.#report(row));
  }

  find(id: string): Report | null {
    const row: unknown = this.#db.prepare('SELECT id, case_id, title, created_at, created_by FROM reports WHERE id = ?').get(id);
    return row === undefined ? null : this.#report(reportRow.parse(row));
  }

  files(id: string): StoredFile[] {
    return z
      .array(fileRow)
      .parse(this.#db.prepare('SELECT name, size, sha256, blob FROM report_files WHERE report_id = ? ORDER BY position').all(id));
  }

  refersTo(blob: string): boolean {
    return this.#db.prepare('SELECT 1 FROM report_files WHERE blob = ? LIMIT 1').get(blob) !== undefined;
  }

  hasCase(caseId: string): boolean {
    return this.#db.prepare('SELECT 1 FROM cases WHERE id = ?').get(caseId) !== undefined;
  }

  blobsOf(caseId: string): string[] {
    const sql = 'SELECT blob FROM report_files JOIN reports ON reports.id = report_id WHERE case_id = ?';
    return z.array(z.string()).parse(this.#db.prepare(sql).pluck().all(caseId));
  }

  #report({ id, case_id, title, created_at, created_by }: z.infer<typeof reportRow>): Report {
    const runs = this.#db.prepare('SELECT run_id FROM report_runs WHERE report_id = ? ORDER BY position').pluck().all(id);
    const files = this.files(id).map(({ name, size, sha256 }) => ({ name, size, sha256 }));
    return { id, caseId: case_id, runIds: z.array(z.string()).parse(runs), title, createdAt: created_at, createdBy: created_by, files };
  }
}
