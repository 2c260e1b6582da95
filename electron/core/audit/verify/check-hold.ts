import type { AuditRepository } from '../audit.repository.ts';
import { readLeaf } from '../leaf.ts';
import type { Leaves } from '../leaves.ts';
import type { Report } from './problem.ts';

const [set, lifted] = ['audit.set-hold', 'audit.lift-hold'] as const;

/** The hold that keeps all entries is the one that they tell of: nobody sets or lifts one without an entry. */
export function checkHold(log: AuditRepository, leaves: Leaves, size: number, report: Report): void {
  const newest = leaves
    .textsOfActions([set, lifted])
    .filter(({ sequence, canonical }) => sequence < size && readLeaf(canonical)?.outcome === 'done')
    .at(-1);
  const told = newest !== undefined && readLeaf(newest.canonical)?.action === set;
  if (told && !log.isHeld()) report(newest.sequence, 'holdGone');
  if (!told && log.isHeld()) report(null, 'holdUntold');
}
