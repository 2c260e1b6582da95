import { z } from 'zod';
import type { Leaves } from '../audit/leaves.ts';
import { problem } from '../audit/verify/problem.ts';
import { alertState } from '../contract/alerts.ts';
import type { AuditVerification } from '../contract/audit.ts';
import type { WritableDb } from '../vault/database.ts';

const rows = z.array(z.object({ id: z.string(), state: alertState, newest: z.number() }));

/** Alerts are told by the log: one that is gone, or was decided otherwise than an entry says, was changed by hand. */
export function checkAlerts(db: WritableDb, log: Leaves): AuditVerification['problems'] {
  const leaves = log.ofActions(['alerts.raise', 'alerts.decide']).filter(({ outcome }) => outcome === 'done');
  const alerts = rows.parse(db.prepare('SELECT id, state, last_sequence AS newest FROM alerts').all());
  const there = new Set(alerts.map(({ id }) => id));
  const decided = new Map(
    leaves.filter(({ action }) => action === 'alerts.decide').map(({ subject, details }) => [subject, details['verdict']]),
  );
  const prunedBefore = z.number().parse(db.prepare('SELECT COALESCE(max(before), 0) FROM audit_prunes').pluck().get());
  return [
    ...leaves
      .filter(({ action, subject }) => action === 'alerts.raise' && !there.has(subject))
      .map(({ sequence }) => problem(sequence, 'alertGone')),
    ...alerts
      // The entry of a decision comes after those of the alert; where those may be pruned, it may be, too.
      .filter(({ id, state, newest }) => (decided.get(id) ?? (newest < prunedBefore ? state : 'open')) !== state)
      .map(({ id }) => problem(null, 'alertOther', { alert: id })),
  ];
}
