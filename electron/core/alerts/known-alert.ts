import { z } from 'zod';
import { alertFacts, type AlertFacts } from '../contract/alerts.ts';
import type { WritableDb } from '../vault/database.ts';

const row = z.object({ facts: z.string(), evidence: z.string(), since: z.number() });

/** What an alert says so far, or null where there is none of this key; `since`: findings after it was decided, which it does not count. */
export function evidenceOf(db: WritableDb, key: string): { facts: AlertFacts; evidence: number[]; since: number } | null {
  const found = row.safeParse(db.prepare('SELECT facts, evidence, since FROM alerts WHERE key = ?').get(key));
  if (!found.success) return null;
  return {
    facts: alertFacts.parse(JSON.parse(found.data.facts)),
    evidence: z.array(z.number()).parse(JSON.parse(found.data.evidence)),
    since: found.data.since,
  };
}
