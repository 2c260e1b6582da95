import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { AuditRepository } from '../audit.repository.ts';
import { parseLeaf } from '../leaf.ts';
import type { Leaves } from '../leaves.ts';
import type { Report } from './problem.ts';
import type { Taken } from './stubs.ts';

/** What the leaf of a prune tells of it. */
export const pruneDetails = z.object({
  /** First and last leaf that lost its text; of those between, held ones did not. */
  first: z.number(),
  last: z.number(),
  count: z.number(),
  /** None of them was written later, milliseconds since the epoch. */
  until: z.number(),
  /** SHA-256 over the hashes of the leaves that lost their text, in order. */
  stubs: z.string(),
  /** Root of the log over the leaves up to `last`. */
  root: z.string(),
});
export const pruneAction = 'audit.prune';
/** Entries read before other calls get their turn. */
const perTurn = 200;

/** Every leaf without a text must be among those that exactly one leaf of the log tells of, and all that it tells of must be. */
export async function checkPrunes(
  log: AuditRepository,
  leaves: Leaves,
  taken: ReadonlyMap<number, Taken>,
  size: number,
  report: Report,
): Promise<void> {
  const notes = log.pruneNotes().filter(({ sequence }) => sequence < size);
  const told = new Map(leaves.textsOfActions([pruneAction]).map(({ sequence, canonical }) => [sequence, canonical]));
  for (const [sequence, { count }] of taken) if (!told.has(sequence)) report(sequence, 'pruneUntold', { entries: count });
  const details = new Map<number, z.infer<typeof pruneDetails> | undefined>();
  for (const [at, [sequence, canonical]] of [...told].entries()) {
    if (sequence >= size) continue;
    if (at % perTurn === perTurn - 1) await setImmediate();
    const { data } = pruneDetails.safeParse(detailsOf(canonical));
    details.set(sequence, data);
    const { count, stubs } = taken.get(sequence) ?? { count: 0, stubs: '' };
    if (data?.count !== count || data.stubs !== stubs) report(sequence, 'pruneOther', { told: data?.count ?? 0, entries: count });
  }
  if (notes.length !== [...told.keys()].filter((sequence) => sequence < size).length) report(null, 'pruneNotes');
  for (const { sequence, first, before, count, until } of notes) {
    const data = details.get(sequence);
    if (data?.first !== first || data.last !== before - 1 || data.count !== count || data.until !== until) report(sequence, 'pruneNote');
  }
}

function detailsOf(canonical: string): unknown {
  try {
    const { action, outcome, actorId, details } = parseLeaf(canonical);
    return action === pruneAction && outcome === 'done' && actorId === null ? details : null;
  } catch {
    return null;
  }
}
