import { z } from 'zod';
import { siemProblem, siemSettings, type SiemSettings, type SiemState } from '../../contract/audit-records.ts';
import type { WritableDb } from '../../vault/database.ts';
import type { ExportFile, FileProblem } from './export-files.ts';
import { necessarily } from '../../vault/space/room.ts';

export const defaultSettings: SiemSettings = { folder: null, format: 'ecs', everyMinutes: 60, filesTaken: false };

const exportRow = z.object({
  settings: z.string(),
  next_at: z.number().nullable(),
  last_at: z.number().nullable(),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
});
const fileRow = z.object({ first: z.number(), last: z.number(), name: z.string(), bytes: z.number(), sha256: z.string() });
export type WrittenFile = z.infer<typeof fileRow>;
const problemRow = z.object({
  name: z.string(),
  problem: siemProblem.shape.kind,
  first: z.number(),
  last: z.number(),
  noticed_at: z.number(),
});

/** More problems are counted by the log; nobody reads them one by one. */
const mostProblems = 100;

/** Settings of the export, and what it has written. */
export class SiemRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  get settings(): SiemSettings {
    const row = this.#row();
    return row ? siemSettings.parse(JSON.parse(row.settings)) : defaultSettings;
  }

  /** A new folder or format is no reason to forget what was written: it goes on after the last entry. */
  save(settings: SiemSettings, nextAt: number | null): void {
    this.#db
      .prepare(
        `INSERT INTO siem_export (one, settings, next_at) VALUES (1, ?, ?)
         ON CONFLICT (one) DO UPDATE SET settings = excluded.settings, next_at = excluded.next_at, error_code = NULL, error_message = NULL`,
      )
      .run(JSON.stringify(settings), nextAt);
  }

  get nextAt(): number | null {
    return this.#row()?.next_at ?? null;
  }

  set nextAt(at: number | null) {
    necessarily(this.#db, () => this.#db.prepare('UPDATE siem_export SET next_at = ?').run(at));
  }

  get lastAt(): number | null {
    return this.#row()?.last_at ?? null;
  }

  get error(): SiemState['error'] {
    const { error_code: code = null, error_message: message = null } = this.#row() ?? {};
    return code === null || message === null ? null : { code, message };
  }

  /** `error` null: it succeeded at `at`. */
  ended(at: number, error: SiemState['error']): void {
    if (error) this.#db.prepare('UPDATE siem_export SET error_code = ?, error_message = ?').run(error.code, error.message);
    else this.#db.prepare('UPDATE siem_export SET last_at = ?, error_code = NULL, error_message = NULL').run(at);
  }

  /** The first entry that no file has. A file that claims entries which the log does not have was never written from it. */
  get next(): number {
    const sql = `SELECT COALESCE(max(last) + 1, 0) FROM siem_files WHERE last <= (SELECT max(sequence) FROM audit_leaves)`;
    return z.number().parse(this.#db.prepare(sql).pluck().get());
  }

  get fileCount(): number {
    return z.number().parse(this.#db.prepare('SELECT count(*) FROM siem_files').pluck().get());
  }

  add(folder: string, { first, last, name, bytes, sha256 }: ExportFile, at: number): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO siem_files (first, last, folder, name, bytes, sha256, written_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(first, last, folder, name, bytes, sha256, at);
  }

  /** Files in `folder` with nothing wrong so far, from the sequence `from` on. */
  sound(folder: string, from: number, limit: number): WrittenFile[] {
    const sql = `SELECT first, last, name, bytes, sha256 FROM siem_files
      WHERE folder = ? AND problem IS NULL AND first >= ? ORDER BY first LIMIT ?`;
    return z.array(fileRow).parse(this.#db.prepare(sql).all(folder, from, limit));
  }

  noteProblem(first: number, problem: FileProblem, at: number): void {
    this.#db.prepare('UPDATE siem_files SET problem = ?, noticed_at = ? WHERE first = ?').run(problem, at, first);
  }

  /** The newest first. */
  problems(): SiemState['problems'] {
    const sql = `SELECT name, problem, first, last, noticed_at FROM siem_files
      WHERE problem IS NOT NULL ORDER BY noticed_at DESC, first DESC LIMIT ${mostProblems}`;
    return z
      .array(problemRow)
      .parse(this.#db.prepare(sql).all())
      .map(({ name, problem, first, last, noticed_at }) => ({ file: name, kind: problem, first, last, noticedAt: noticed_at }));
  }

  #row(): z.infer<typeof exportRow> | null {
    const row = this.#db.prepare('SELECT settings, next_at, last_at, error_code, error_message FROM siem_export').get();
    return row === undefined ? null : exportRow.parse(row);
  }
}
