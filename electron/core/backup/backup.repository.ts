import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { backupSettings, drillResult, type BackupSettings, type BackupState, type DrillResult } from '../contract/backup.ts';
import type { ErrorShape } from '../errors.ts';
import type { WritableDb } from '../vault/database.ts';
import { necessarily } from '../vault/space/room.ts';

export const defaultSettings: BackupSettings = {
  folder: null,
  schedule: 'daily',
  atMinute: 12 * 60 + 30,
  keep: { daily: 7, weekly: 4, monthly: 12 },
  includeModels: false,
  pauseOnBattery: true,
};

const settingsRow = z.object({
  settings: z.string(),
  next_at: z.number().nullable(),
  expects_set: z.number(),
  verify_cursor: z.string(),
});

export type Check = { readonly verifiedAt: number; readonly problem: { code: string; message: string } | null };

export class BackupRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** A few bytes about what happened: on a full disk too. Returns how many rows it changed. */
  #note(sql: string, ...values: readonly unknown[]): number {
    return necessarily(this.#db, () => this.#db.prepare(sql).run(...values).changes);
  }

  settings(): BackupSettings {
    const row = this.#row();
    return row ? backupSettings.parse(JSON.parse(row.settings)) : defaultSettings;
  }

  /** Forgets what was expected of the folder before. */
  saveSettings(settings: BackupSettings, nextAt: number | null): void {
    this.#note(
      "INSERT OR REPLACE INTO backup_settings (one, settings, next_at, expects_set, verify_cursor) VALUES (1, ?, ?, 0, '')",
      JSON.stringify(settings),
      nextAt,
    );
  }

  get nextAt(): number | null {
    return this.#row()?.next_at ?? null;
  }

  set nextAt(at: number | null) {
    this.#note('UPDATE backup_settings SET next_at = ?', at);
  }

  get expectsSet(): boolean {
    return this.#row()?.expects_set === 1;
  }

  expectSet(): void {
    this.#note('UPDATE backup_settings SET expects_set = 1');
  }

  get verifyCursor(): string {
    return this.#row()?.verify_cursor ?? '';
  }

  set verifyCursor(name: string) {
    this.#note('UPDATE backup_settings SET verify_cursor = ?', name);
  }

  beginRun(folder: string): string {
    const id = randomUUID();
    this.#note('INSERT INTO backup_runs (id, folder, started_at) VALUES (?, ?, ?)', id, folder, Date.now());
    return id;
  }

  endRun(id: string, snapshot: string | null, error: ErrorShape | null): void {
    this.#note(
      'UPDATE backup_runs SET finished_at = ?, snapshot = ?, error_code = ?, error_message = ? WHERE id = ?',
      Date.now(),
      snapshot,
      error?.code ?? null,
      error?.message ?? null,
      id,
    );
  }

  /** Runs that a crash or a lock ended. */
  endInterrupted(error: ErrorShape): number {
    return this.#note(
      'UPDATE backup_runs SET finished_at = ?, error_code = ?, error_message = ? WHERE finished_at IS NULL',
      Date.now(),
      error.code,
      error.message,
    );
  }

  last(): BackupState['last'] {
    const row = this.#db
      .prepare(
        'SELECT finished_at AS at, snapshot, error_code AS code, error_message AS message FROM backup_runs WHERE finished_at IS NOT NULL ORDER BY rowid DESC LIMIT 1',
      )
      .get() as { at: number; snapshot: string | null; code: string | null; message: string | null } | undefined;
    if (!row) return null;
    return { at: row.at, snapshotId: row.snapshot, error: row.code === null ? null : { code: row.code, message: row.message ?? '' } };
  }

  noteCheck(snapshot: string, { verifiedAt, problem }: Check): void {
    this.#note(
      'INSERT OR REPLACE INTO backup_checks (snapshot, verified_at, problem_code, problem_message) VALUES (?, ?, ?, ?)',
      snapshot,
      verifiedAt,
      problem?.code ?? null,
      problem?.message ?? null,
    );
  }

  check(snapshot: string): Check | null {
    const row = this.#db
      .prepare('SELECT verified_at AS at, problem_code AS code, problem_message AS message FROM backup_checks WHERE snapshot = ?')
      .get(snapshot) as { at: number; code: string | null; message: string | null } | undefined;
    return row ? { verifiedAt: row.at, problem: row.code === null ? null : { code: row.code, message: row.message ?? '' } } : null;
  }

  forgetCheck(snapshot: string): void {
    this.#note('DELETE FROM backup_checks WHERE snapshot = ?', snapshot);
  }

  addDrill(result: DrillResult): void {
    this.#note('INSERT INTO backup_drills (result) VALUES (?)', JSON.stringify(result));
  }

  /** Newest first. */
  drills(limit: number): DrillResult[] {
    const rows = this.#db.prepare('SELECT result FROM backup_drills ORDER BY sequence DESC LIMIT ?').pluck().all(limit) as string[];
    return rows.map((row) => drillResult.parse(JSON.parse(row)));
  }

  #row() {
    const row = this.#db.prepare('SELECT settings, next_at, expects_set, verify_cursor FROM backup_settings').get();
    return row === undefined ? null : settingsRow.parse(row);
  }
}
