import { z } from 'zod';
import type { Detector } from '../finding.ts';

const signedInOn = z.object({ device: z.string(), host: z.string() });
const count = z.number();

/** Signs in on a machine that this person never used, where an earlier one is known. */
export const newDevice: Detector = (leaf, { newDevice: { on } }, db) => {
  const found = signedInOn.safeParse(leaf.details);
  if (!found.success || leaf.personId === '' || leaf.outcome !== 'done') return null;
  const { device, host } = found.data;
  const known = count.parse(db.prepare('SELECT count(*) FROM alert_devices WHERE person_id = ?').pluck().get(leaf.personId));
  const others = count.parse(db.prepare('SELECT count(*) FROM alert_devices WHERE device = ?').pluck().get(device));
  const { changes } = db
    .prepare('INSERT OR IGNORE INTO alert_devices (person_id, device, first_at) VALUES (?, ?, ?)')
    .run(leaf.personId, device, leaf.at);
  if (!on || changes === 0 || known === 0) return null;
  return {
    key: `newDevice/${leaf.personId}/${device}`,
    severity: others > 0 ? 'notice' : 'warning',
    facts: { rule: 'newDevice', device, host, known, elsewhere: others > 0 },
    evidence: [leaf.sequence],
  };
};
