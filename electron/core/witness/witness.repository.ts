import { z } from 'zod';
import { witnessAlarm, type WitnessAlarm } from '../contract/witness.ts';
import type { WritableDb } from '../vault/database.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const witnessRow = z.object({
  id: z.string(),
  name: z.string(),
  key: z.string(),
  folder: z.string().nullable(),
  added_at: z.number(),
  alarm: witnessAlarm.nullable(),
  alarm_at: z.number().nullable(),
  alarm_size: z.number().nullable(),
});
export type WitnessRow = z.infer<typeof witnessRow>;
const cosignatureRow = z.object({ size: z.number(), root: bytes, at: z.number(), checkpoint: z.string(), line: z.string() });
const cosignerRow = cosignatureRow.extend({ name: z.string(), key: z.string() });
export type CosignatureRow = z.infer<typeof cosignatureRow>;

/** The witnesses that are trusted, and what all that ever were have cosigned. */
export class WitnessRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** In the order in which they were added. */
  list(): WitnessRow[] {
    return z.array(witnessRow).parse(this.#db.prepare('SELECT * FROM witnesses WHERE removed_at IS NULL ORDER BY added_at, id').all());
  }

  byKey(key: string): WitnessRow | null {
    const row: unknown = this.#db.prepare('SELECT * FROM witnesses WHERE key = ? AND removed_at IS NULL').get(key);
    return row === undefined ? null : witnessRow.parse(row);
  }

  /** Of a witness that is trusted or once was. */
  idOf(key: string): string | null {
    const row = this.#db.prepare('SELECT id FROM witnesses WHERE key = ?').get(key) as { id: string } | undefined;
    return row?.id ?? null;
  }

  /** One that was removed before is trusted again, under its old id. */
  add({ id, name, key, folder, at }: { id: string; name: string; key: string; folder: string | null; at: number }): void {
    const sql =
      'INSERT INTO witnesses (id, name, key, folder, added_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET folder = excluded.folder, added_at = excluded.added_at, removed_at = NULL';
    this.#db.prepare(sql).run(id, name, key, folder, at);
  }

  remove(id: string, at: number): void {
    this.#db.prepare('UPDATE witnesses SET removed_at = ? WHERE id = ?').run(at, id);
  }

  setFolder(id: string, folder: string): void {
    this.#db.prepare('UPDATE witnesses SET folder = ? WHERE id = ?').run(folder, id);
  }

  /** Null: nothing is wrong. */
  setAlarm(id: string, alarm: { verdict: WitnessAlarm; at: number; seenSize: number | null } | null): void {
    this.#db
      .prepare('UPDATE witnesses SET alarm = ?, alarm_at = ?, alarm_size = ? WHERE id = ?')
      .run(alarm?.verdict ?? null, alarm?.at ?? null, alarm?.seenSize ?? null, id);
  }

  /** Of one size the newest counts. */
  addCosignature(witnessId: string, { size, root, at, checkpoint, line }: CosignatureRow): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO cosignatures (witness_id, size, root, at, checkpoint, line) VALUES (?, ?, ?, ?, ?, ?)')
      .run(witnessId, size, root, at, checkpoint, line);
  }

  last(witnessId: string): CosignatureRow | null {
    const sql = 'SELECT * FROM cosignatures WHERE witness_id = ? ORDER BY size DESC LIMIT 1';
    const row: unknown = this.#db.prepare(sql).get(witnessId);
    return row === undefined ? null : cosignatureRow.parse(row);
  }

  /** Of trusted witnesses, on the head of exactly this size. */
  ofSize(size: number): z.infer<typeof cosignerRow>[] {
    const sql =
      'SELECT c.*, w.name, w.key FROM cosignatures c JOIN witnesses w ON w.id = c.witness_id WHERE c.size = ? AND w.removed_at IS NULL ORDER BY w.added_at, w.id';
    return z.array(cosignerRow).parse(this.#db.prepare(sql).all(size));
  }

  /** The size of the smallest, or largest, head of at least `fewest` and at most `most` entries that a trusted witness cosigned. */
  cosignedSize(fewest: number, most: number, which: 'smallest' | 'largest'): number | null {
    const pick = which === 'smallest' ? 'MIN' : 'MAX';
    const sql = `SELECT ${pick}(c.size) AS size FROM cosignatures c JOIN witnesses w ON w.id = c.witness_id WHERE c.size BETWEEN ? AND ? AND w.removed_at IS NULL`;
    return z.object({ size: z.number().nullable() }).parse(this.#db.prepare(sql).get(fewest, most)).size;
  }
}
