import { leavingBy } from '../../reports/kinds/egress/channels.ts';
import type { Detector } from '../finding.ts';
import { burstKey, intoWindow } from '../moving-window.ts';

const takingOut = new Set(
  Object.entries(leavingBy)
    .filter(([, channel]) => channel === 'reports' || channel === 'attestations' || channel === 'people' || channel === 'audit')
    .map(([action]) => action),
).add('flows.export');

/** Takes data out of the vault more often than somebody who works with it would. */
export const bulkExport: Detector = (leaf, { bulkExport: { on, count, minutes } }, db) => {
  if (!on || leaf.outcome !== 'done' || !takingOut.has(leaf.action)) return null;
  const held = intoWindow(db, 'bulkExport', leaf, { minutes, atLeast: count });
  if (held.count < count) return null;
  return {
    key: burstKey('bulkExport', leaf, held, db),
    severity: 'warning',
    facts: { rule: 'bulkExport', count: held.count, limit: count, minutes },
    evidence: held.sequences,
  };
};
