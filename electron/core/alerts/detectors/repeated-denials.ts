import { triesOf } from '../../audit/leaf.ts';
import type { Detector } from '../finding.ts';
import { burstKey, intoWindow } from '../moving-window.ts';

/** Is refused again and again: a wrong password, or calls and ids that are not this person's. */
export const repeatedDenials: Detector = (leaf, { repeatedDenials: { on, count, minutes } }, db) => {
  if (!on || leaf.outcome !== 'denied') return null;
  const held = intoWindow(db, 'repeatedDenials', leaf, { minutes, atLeast: count }, triesOf(leaf));
  if (held.count < count) return null;
  return {
    key: burstKey('repeatedDenials', leaf, held, db),
    severity: 'warning',
    facts: { rule: 'repeatedDenials', count: held.count, limit: count, minutes, actions: held.actions },
    evidence: held.sequences,
  };
};
