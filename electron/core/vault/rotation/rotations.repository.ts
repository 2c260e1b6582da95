import type { WritableDb } from '../database.ts';

export type RotationRow = {
  readonly epoch: number;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly finishedAt: number | null;
};

/** The replacements of the vault key that were begun. */
export class RotationsRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  add(epoch: number, startedAt: number, startedBy: string): void {
    this.#db.prepare('INSERT OR REPLACE INTO rotations (epoch, started_at, started_by) VALUES (?, ?, ?)').run(epoch, startedAt, startedBy);
  }

  finish(epoch: number, finishedAt: number): void {
    this.#db.prepare('UPDATE rotations SET finished_at = ? WHERE epoch = ?').run(finishedAt, epoch);
  }

  of(epoch: number): RotationRow | null {
    const row = this.#db
      .prepare('SELECT epoch, started_at AS startedAt, started_by AS startedBy, finished_at AS finishedAt FROM rotations WHERE epoch = ?')
      .get(epoch);
    return (row as RotationRow | undefined) ?? null;
  }

  lastFinishedAt(): number | null {
    return this.#db.prepare('SELECT max(finished_at) FROM rotations').pluck().get() as number | null;
  }
}
