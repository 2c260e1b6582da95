import { z } from 'zod';
import { dayMs, type Detector } from '../finding.ts';

/** Acts again after a long time without any act. */
export const dormantAccount: Detector = (leaf, { dormantAccount: { on, days: limit } }, db) => {
  if (leaf.personId === '' || leaf.outcome !== 'done') return null;
  const before = z.number().optional().parse(db.prepare('SELECT last_at FROM alert_people WHERE person_id = ?').pluck().get(leaf.personId));
  db.prepare(
    'INSERT INTO alert_people (person_id, last_at) VALUES (?, ?) ON CONFLICT (person_id) DO UPDATE SET last_at = excluded.last_at',
  ).run(leaf.personId, leaf.at);
  if (!on || before === undefined || leaf.at - before < limit * dayMs) return null;
  return {
    key: `dormantAccount/${leaf.personId}/${leaf.sequence}`,
    severity: 'warning',
    facts: { rule: 'dormantAccount', lastAt: before, days: Math.floor((leaf.at - before) / dayMs), limit },
    evidence: [leaf.sequence],
  };
};
