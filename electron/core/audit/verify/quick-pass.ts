import { setImmediate } from 'node:timers/promises';
import type { AuditRepository } from '../audit.repository.ts';
import { leafHash, rootOf, type Hash } from '../merkle.ts';
import { Frontier, same, type Subtree } from './frontier.ts';
import { segmentLevel, type SegmentCheck, type SegmentRoot } from './segment-check.ts';
import { Stubs } from './stubs.ts';

/** What the leaves lead to. */
export type Passed = { readonly root: Hash; readonly stubs: Stubs; readonly rootAt: (size: number) => Hash | null };

/** Checks the first `count` segments in this thread, one at a turn. Null where one does not fit. */
export async function readHere(check: SegmentCheck, count: number, signal?: AbortSignal): Promise<SegmentRoot[] | null> {
  const found: SegmentRoot[] = [];
  while (found.length < count) {
    signal?.throwIfAborted();
    const segment = check.rootOf(found.length);
    if (!segment) return null;
    found.push(segment);
    await setImmediate();
  }
  return found;
}

/** Builds the tree of the first `size` leaves on the roots of their segments. Null where anything does not fit: the thorough pass says what. */
export function quickPass(log: AuditRepository, size: number, segments: readonly SegmentRoot[]): Passed | null {
  const stubs = new Stubs();
  const tree = new Frontier();
  const fits = (nodes: Subtree[]) => nodes.every(({ level, index, hash }) => same(log.node(level, index), hash));
  for (const { root, pruned } of segments) {
    for (const { note, hashes } of pruned) stubs.add(note, hashes);
    if (!fits(tree.addTree(segmentLevel, root))) return null;
  }
  const rest = log.leavesFrom(tree.size, size - tree.size);
  for (const { sequence, canonical, leaf_hash, pruned_by } of rest) {
    if (sequence !== tree.size || (canonical === null) !== (pruned_by !== null)) return null;
    if (canonical !== null && !same(leafHash(Buffer.from(canonical)), leaf_hash)) return null;
    if (pruned_by !== null) stubs.add(pruned_by, leaf_hash);
    if (!fits(tree.add(leaf_hash))) return null;
  }
  if (tree.size !== size) return null;
  const node = (level: number, index: number) => log.node(level, index) ?? new Uint8Array(32);
  return { root: tree.root(), stubs, rootAt: (at) => (at <= size ? rootOf(node, at) : null) };
}
