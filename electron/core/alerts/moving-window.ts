import { z } from 'zod';
import type { WritableDb } from '../vault/database.ts';
import { type SeenLeaf } from './finding.ts';

const rows = z.array(z.object({ sequence: z.number(), at: z.number(), action: z.string() }));
export type InWindow = z.infer<typeof rows>[number];

const minuteMs = 60_000;

/**
 * Puts a leaf into a person's window of a rule and returns what the window holds now, oldest first. A clock that was set
 * back does not empty it: what lies ahead of the leaf's own time stays as well.
 */
export function intoWindow(db: WritableDb, rule: string, leaf: SeenLeaf, minutes: number): InWindow[] {
  db.prepare('INSERT OR IGNORE INTO alert_windows (rule, person_id, sequence, at, action) VALUES (?, ?, ?, ?, ?)').run(
    rule,
    leaf.personId,
    leaf.sequence,
    leaf.at,
    leaf.action,
  );
  db.prepare('DELETE FROM alert_windows WHERE rule = ? AND person_id = ? AND at <= ?').run(
    rule,
    leaf.personId,
    leaf.at - minutes * minuteMs,
  );
  return rows.parse(
    db
      .prepare('SELECT sequence, at, action FROM alert_windows WHERE rule = ? AND person_id = ? ORDER BY sequence')
      .all(rule, leaf.personId),
  );
}

/** Names the window by its first leaf, so that one burst is one alert. */
export function burstKey(rule: string, leaf: SeenLeaf, held: readonly InWindow[], db: WritableDb): string {
  const sql = `SELECT key FROM alerts WHERE key >= @low AND key < @high AND last_at >= @since ORDER BY last_at DESC LIMIT 1`;
  const low = `${rule}/${leaf.personId}/`;
  const since = held[0]?.at ?? leaf.at;
  const going = z
    .string()
    .optional()
    .parse(
      db
        .prepare(sql)
        .pluck()
        .get({ low, high: `${rule}/${leaf.personId}0`, since }),
    );
  return going ?? `${low}${held[0]?.sequence ?? leaf.sequence}`;
}
