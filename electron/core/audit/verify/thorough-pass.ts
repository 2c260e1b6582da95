import { setImmediate } from 'node:timers/promises';
import type { AuditRepository, LeafRow } from '../audit.repository.ts';
import { canonicalJson } from '../canonical-json.ts';
import { parseLeaf } from '../leaf.ts';
import { leafHash, type Hash } from '../merkle.ts';
import { Frontier, same } from './frontier.ts';
import type { Report } from './problem.ts';
import type { Passed } from './quick-pass.ts';
import { Stubs } from './stubs.ts';

/** Leaves checked before other calls get their turn. */
const pageSize = 100;

/** Looks at every leaf and node by itself and names what is wrong. `wanted`: sizes whose roots are asked for later. */
export async function thoroughPass(
  log: AuditRepository,
  size: number,
  wanted: ReadonlySet<number>,
  report: Report,
  signal?: AbortSignal,
): Promise<Passed> {
  const tree = new Frontier();
  const stubs = new Stubs();
  const roots = new Map<number, Hash>([[0, tree.root()]]);
  while (tree.size < size) {
    signal?.throwIfAborted();
    const page = log.leavesFrom(tree.size, Math.min(pageSize, size - tree.size)).filter(({ sequence }) => sequence < size);
    for (const row of page) {
      if (row.sequence !== tree.size) reportGap(tree, row.sequence, report);
      checkLeaf(row, report);
      if (row.pruned_by !== null) stubs.add(row.pruned_by, row.leaf_hash);
      for (const { level, index, hash } of tree.add(row.canonical === null ? row.leaf_hash : leafHash(Buffer.from(row.canonical)))) {
        if (!same(log.node(level, index), hash)) report(row.sequence, 'node', { level, index });
      }
      if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
    }
    if (page.length === 0) reportGap(tree, size, report);
    await setImmediate();
  }
  return { root: tree.root(), stubs, rootAt: (at) => roots.get(at) ?? null };
}

function reportGap(tree: Frontier, next: number, report: Report): void {
  if (next === tree.size + 1) report(tree.size, 'missing');
  else report(tree.size, 'missingRun', { first: tree.size, last: next - 1 });
  tree.skipTo(next);
}

function checkLeaf({ sequence, canonical, leaf_hash, pruned_by }: LeafRow, report: Report): void {
  if ((canonical === null) !== (pruned_by !== null)) report(sequence, 'prunedByHand');
  if (canonical === null) return;
  if (!same(leafHash(Buffer.from(canonical)), leaf_hash)) report(sequence, 'altered');
  try {
    const leaf = parseLeaf(canonical);
    if (canonicalJson(leaf) !== canonical) report(sequence, 'notCanonical');
    if (leaf.sequence !== sequence) report(sequence, 'moved', { written: leaf.sequence });
  } catch {
    report(sequence, 'unreadable');
  }
}
