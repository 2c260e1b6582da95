import { z } from 'zod';
import { mostEvidence } from '../contract/alerts.ts';
import type { WritableDb } from '../vault/database.ts';
import { type SeenLeaf } from './finding.ts';

const sumRow = z.object({ count: z.number(), first: z.number() });

/** What a person's window of a rule holds: how many acts, the first leaf of them, the oldest leaves, and of what kinds they are. */
export type Window = { readonly count: number; readonly first: number; readonly sequences: number[]; readonly actions: string[] };

const minuteMs = 60_000;
/** A flood is told by its newest leaves: a window that keeps all of them would be read anew for each. */
const mostHeld = 300;

/**
 * Puts a leaf, which stands for `weight` acts, into a person's window of a rule and returns what the window holds now. A
 * clock that is set empties no window: while the machine runs, leaves age by the clock that nobody can set, which stands
 * still while it sleeps.
 */
export function intoWindow(
  db: WritableDb,
  rule: string,
  leaf: SeenLeaf,
  { minutes, atLeast }: { minutes: number; atLeast: number },
  weight = 1,
): Window {
  const { personId, sequence, at, boot, uptimeMs, action } = leaf;
  const window = { rule, personId };
  db.prepare(
    `INSERT OR IGNORE INTO alert_windows (rule, person_id, sequence, at, boot, uptime_ms, action, weight)
     VALUES (@rule, @personId, @sequence, @at, @boot, @uptimeMs, @action, @weight)`,
  ).run({ ...window, sequence, at, boot, uptimeMs, action, weight });
  const within = minutes * minuteMs;
  db.prepare(
    `DELETE FROM alert_windows WHERE rule = @rule AND person_id = @personId
     AND CASE WHEN boot = @boot THEN uptime_ms <= @uptimeMs - @within ELSE abs(at - @at) >= @within END`,
  ).run({ ...window, boot, uptimeMs, at, within });
  db.prepare(
    `DELETE FROM alert_windows WHERE rule = @rule AND person_id = @personId AND sequence <= (SELECT sequence FROM alert_windows
       WHERE rule = @rule AND person_id = @personId ORDER BY sequence DESC LIMIT 1 OFFSET @most)`,
  ).run({ ...window, most: Math.max(mostHeld, atLeast) });
  const all = 'FROM alert_windows WHERE rule = @rule AND person_id = @personId';
  const { count, first } = sumRow.parse(db.prepare(`SELECT sum(weight) AS count, min(sequence) AS first ${all}`).get(window));
  if (count < atLeast) return { count, first, sequences: [], actions: [] };
  const texts = db.prepare(`SELECT DISTINCT action ${all}`).pluck().all(window);
  const oldest = db.prepare(`SELECT sequence ${all} ORDER BY sequence LIMIT ${mostEvidence}`).pluck().all(window);
  return { count, first, sequences: z.array(z.number()).parse(oldest), actions: z.array(z.string()).parse(texts) };
}

/** Names the window by its first leaf, so that one burst is one alert: the one that a leaf in the window was told by. */
export function burstKey(rule: string, { personId }: SeenLeaf, { first }: Window, db: WritableDb): string {
  const sql = 'SELECT key FROM alerts WHERE key >= @low AND key < @high AND last_sequence >= @first ORDER BY last_sequence DESC LIMIT 1';
  const low = `${rule}/${personId}/`;
  const going: unknown = db
    .prepare(sql)
    .pluck()
    .get({ low, high: `${rule}/${personId}0`, first });
  return z.string().optional().parse(going) ?? `${low}${first}`;
}
