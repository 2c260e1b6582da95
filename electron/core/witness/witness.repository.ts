import { z } from 'zod';
import { parseCheckpoint } from '../audit/checkpoint.ts';
import { witnessAlarm, type WitnessAlarm } from '../contract/witness.ts';
import type { WritableDb } from '../vault/database.ts';
import { openCosignature } from './cosignature.ts';
import { noteCosignature, parseNoteKey } from './note-key.ts';

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

  setAlarm(id: string, { verdict, at, seenSize }: { verdict: WitnessAlarm; at: number; seenSize: number | null }): void {
    this.#db.prepare('UPDATE witnesses SET alarm = ?, alarm_at = ?, alarm_size = ? WHERE id = ?').run(verdict, at, seenSize, id);
  }

  /** It bears out a head of `size` entries: what is no smaller than the one it raised an alarm about, or nothing is over. */
  clearAlarm(id: string, size: number): void {
    const sql = 'UPDATE witnesses SET alarm = NULL, alarm_at = NULL, alarm_size = NULL WHERE id = ? AND COALESCE(alarm_size, 0) <= ?';
    this.#db.prepare(sql).run(id, size);
  }

  /** Of one size the newest counts. */
  addCosignature(witnessId: string, { size, root, at, checkpoint, line }: CosignatureRow): void {
    this.#db
      .prepare('INSERT OR REPLACE INTO cosignatures (witness_id, size, root, at, checkpoint, line) VALUES (?, ?, ?, ?, ?, ?)')
      .run(witnessId, size, root, at, checkpoint, line);
  }

  /** The largest that the witness itself made: a row that somebody wrote by hand says nothing. */
  last(witnessId: string): CosignatureRow | null {
    const sql =
      'SELECT c.*, w.name, w.key FROM cosignatures c JOIN witnesses w ON w.id = c.witness_id WHERE c.witness_id = ? ORDER BY c.size DESC';
    for (const each of this.#db.prepare(sql).iterate(witnessId)) {
      const row = cosignerRow.parse(each);
      if (isGenuine(row)) return row;
    }
    return null;
  }

  /** Of trusted witnesses, on the head of exactly this size. */
  ofSize(size: number): z.infer<typeof cosignerRow>[] {
    const sql =
      'SELECT c.*, w.name, w.key FROM cosignatures c JOIN witnesses w ON w.id = c.witness_id WHERE c.size = ? AND w.removed_at IS NULL ORDER BY w.added_at, w.id';
    return z.array(cosignerRow).parse(this.#db.prepare(sql).all(size)).filter(isGenuine);
  }

  /** The size of the smallest, or largest, head of at least `fewest` and at most `most` entries that a trusted witness cosigned. */
  cosignedSize(fewest: number, most: number, which: 'smallest' | 'largest'): number | null {
    const pick = which === 'smallest' ? 'MIN' : 'MAX';
    const sql = `SELECT ${pick}(c.size) AS size FROM cosignatures c JOIN witnesses w ON w.id = c.witness_id WHERE c.size BETWEEN ? AND ? AND w.removed_at IS NULL`;
    return z.object({ size: z.number().nullable() }).parse(this.#db.prepare(sql).get(fewest, most)).size;
  }
}

/** Did the witness of this key cosign exactly this head? */
function isGenuine({ key, line, checkpoint, size, root }: z.infer<typeof cosignerRow>): boolean {
  try {
    const head = parseCheckpoint(checkpoint);
    openCosignature(line, head.body, parseNoteKey(key, noteCosignature));
    return head.size === size && Buffer.compare(head.root, root) === 0;
  } catch {
    return false;
  }
}
