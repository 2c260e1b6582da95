import { z } from 'zod';
import type { AuditHold } from '../../contract/audit.ts';
import type { WritableDb } from '../../vault/database.ts';
import type { LeafTimes } from './old-prefix.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const times = z.array(z.object({ sequence: z.number(), at: z.number(), uptimeMs: z.number(), boot: z.string() }));
const leaves = z.array(z.object({ sequence: z.number(), canonical: z.string(), hash: bytes }));
const holdRow = z.object({ reason: z.string(), since: z.number(), by: z.string() });
const sums = z.object({ count: z.number(), before: z.number() });
export type PrunableLeaf = z.infer<typeof leaves>[number];

/** What of the log has lost its text, and what keeps the rest. */
export class PrunesRepository {
  readonly #db: WritableDb;

  constructor(db: WritableDb) {
    this.#db = db;
  }

  /** When the leaves that still have their text were written, in order. */
  timesFrom(sequence: number, limit: number): LeafTimes[] {
    const sql = `SELECT sequence, at, json_extract(canonical, '$.uptimeMs') AS uptimeMs, json_extract(canonical, '$.boot') AS boot
      FROM audit_leaves WHERE sequence >= ? AND canonical IS NOT NULL ORDER BY sequence LIMIT ?`;
    return times.parse(this.#db.prepare(sql).all(sequence, limit));
  }

  /** Those that still have their text. */
  leavesFrom(sequence: number, before: number, limit: number): PrunableLeaf[] {
    const sql = `SELECT sequence, canonical, leaf_hash AS hash FROM audit_leaves
      WHERE sequence >= ? AND sequence < ? AND canonical IS NOT NULL ORDER BY sequence LIMIT ?`;
    return leaves.parse(this.#db.prepare(sql).all(sequence, before, limit));
  }

  /** Takes the texts of leaves, inside the transaction that then appends the leaf `note`. */
  take(note: number, taken: readonly PrunableLeaf[], until: number): void {
    const [first, last] = [taken[0]?.sequence ?? 0, taken.at(-1)?.sequence ?? 0];
    this.#db
      .prepare('INSERT INTO audit_prunes (sequence, first, before, count, until) VALUES (?, ?, ?, ?, ?)')
      .run(note, first, last + 1, taken.length, until);
    const prune = this.#db.prepare('UPDATE audit_leaves SET canonical = NULL, pruned_by = ? WHERE sequence = ?');
    for (const { sequence } of taken) prune.run(note, sequence);
  }

  /** How many leaves have lost their text, and up to which sequence. */
  sums(): { count: number; before: number } {
    const sql = 'SELECT COALESCE(sum(count), 0) AS count, COALESCE(max(before), 0) AS before FROM audit_prunes';
    return sums.parse(this.#db.prepare(sql).get());
  }

  hold(): AuditHold | null {
    return holdRow.nullable().parse(this.#db.prepare('SELECT reason, since, by FROM audit_hold').get() ?? null);
  }

  setHold(hold: AuditHold | null): void {
    this.#db.prepare('DELETE FROM audit_hold').run();
    if (hold) this.#db.prepare('INSERT INTO audit_hold (id, reason, since, by) VALUES (1, ?, ?, ?)').run(hold.reason, hold.since, hold.by);
  }
}
