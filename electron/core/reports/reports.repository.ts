import { z } from 'zod';
import { caseReportKind, reportKind, reportLanguage, type Report, type ReportKind, type ReportLanguage } from '../contract/reports.ts';
import type { WritableDb } from '../vault/database.ts';

const reportRow = z.object({
  id: z.string(),
  case_id: z.string().nullable(),
  kind: reportKind,
  subject: z.string(),
  title: z.string(),
  language: reportLanguage,
  created_at: z.number(),
  created_by: z.string(),
});
const fileRow = z.object({ name: z.string(), size: z.number(), sha256: z.string(), blob: z.string() });
export type StoredFile = z.infer<typeof fileRow>;

/** A kept report of any kind. */
export type ReportRow = {
  readonly id: string;
  readonly caseId: string | null;
  readonly kind: ReportKind;
  readonly subject: string;
  readonly runIds: readonly string[];
  readonly title: string;
  readonly language: ReportLanguage;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly files: Report['files'];
};

export class ReportsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  add(report: Omit<ReportRow, 'files'>, files: readonly StoredFile[]): void {
    const { runIds, ...row } = report;
    this.#db
      .prepare(
        `INSERT INTO reports (id, case_id, kind, subject, title, language, created_at, created_by)
         VALUES (@id, @caseId, @kind, @subject, @title, @language, @createdAt, @createdBy)`,
      )
      .run(row);
    const addRun = this.#db.prepare('INSERT INTO report_runs (report_id, position, run_id) VALUES (?, ?, ?)');
    for (const [position, runId] of runIds.entries()) addRun.run(report.id, position, runId);
    const addFile = this.#db.prepare('INSERT INTO report_files (report_id, position, name, size, sha256, blob) VALUES (?, ?, ?, ?, ?, ?)');
    for (const [position, { name, size, sha256, blob }] of files.entries()) addFile.run(report.id, position, name, size, sha256, blob);
  }

  /** Those of the cases, newest first; that cover a run, or all. */
  listOfCases(caseIds: readonly string[], runId: string | null): ReportRow[] {
    const sql = `SELECT * FROM reports WHERE case_id IN (SELECT value FROM json_each(?))
      AND (? IS NULL OR id IN (SELECT report_id FROM report_runs WHERE run_id = ?)) ORDER BY created_at DESC, id`;
    return this.#reports(this.#db.prepare(sql).all(JSON.stringify(caseIds), runId, runId));
  }

  /** Those that belong to no case, newest first. */
  listOfVault(): ReportRow[] {
    return this.#reports(this.#db.prepare('SELECT * FROM reports WHERE case_id IS NULL ORDER BY created_at DESC, id').all());
  }

  find(id: string): ReportRow | null {
    return this.#reports(this.#db.prepare('SELECT * FROM reports WHERE id = ?').all(id))[0] ?? null;
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

  /** Of one case, or (null) of all reports that belong to none. */
  blobsOf(caseId: string | null): string[] {
    const sql = 'SELECT blob FROM report_files JOIN reports ON reports.id = report_id WHERE case_id IS ?';
    return z.array(z.string()).parse(this.#db.prepare(sql).pluck().all(caseId));
  }

  #reports(rows: readonly unknown[]): ReportRow[] {
    const runsOf = this.#db.prepare('SELECT run_id FROM report_runs WHERE report_id = ? ORDER BY position').pluck();
    return z
      .array(reportRow)
      .parse(rows)
      .map(({ id, case_id, kind, subject, title, language, created_at, created_by }) => ({
        id,
        caseId: case_id,
        kind,
        subject,
        runIds: z.array(z.string()).parse(runsOf.all(id)),
        title,
        language,
        createdAt: created_at,
        createdBy: created_by,
        files: this.files(id).map(({ name, size, sha256 }) => ({ name, size, sha256 })),
      }));
  }
}

/** A report as its case shows it. */
export function caseReport({ subject: _subject, kind, caseId, runIds, ...shown }: ReportRow): Report {
  return { ...shown, caseId: caseId ?? '', runIds: [...runIds], kind: caseReportKind.parse(kind) };
}
