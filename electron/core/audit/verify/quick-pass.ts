import { setImmediate } from 'node:timers/promises';
import type { AuditRepository } from '../audit.repository.ts';
import { leafHash, rootOf, type Hash } from '../merkle.ts';
import { Frontier, same, type Subtree } from './frontier.ts';
import { segmentLeaves, segmentLevel, type Segment } from './hash-segment.ts';
import type { Hasher } from './hashers.ts';
import { Stubs } from './stubs.ts';

/** What the leaves lead to. */
export type Passed = { readonly root: Hash; readonly stubs: Stubs; readonly rootAt: (size: number) => Hash | null };

/** Segments that are read and not hashed yet. */
const mostWaiting = 8;

/**
 * Hashes the first `size` leaves and all nodes above them. Null where anything does not fit: the thorough pass says what.
 * Rows are read here in slices of a few milliseconds, and hashed elsewhere.
 */
export async function quickPass(log: AuditRepository, size: number, hasher: Hasher, signal?: AbortSignal): Promise<Passed | null> {
  const stubs = new Stubs();
  const roots = await segmentRoots(log, Math.floor(size / segmentLeaves), hasher, stubs, signal);
  if (!roots) return null;
  const tree = new Frontier();
  const fits = (nodes: Subtree[]) => nodes.every(({ level, index, hash }) => same(log.node(level, index), hash));
  for (const root of roots) if (!fits(tree.addTree(segmentLevel, root))) return null;
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

async function segmentRoots(
  log: AuditRepository,
  count: number,
  hasher: Hasher,
  stubs: Stubs,
  signal?: AbortSignal,
): Promise<Uint8Array[] | null> {
  const roots: (Uint8Array | null)[] = [];
  const waiting = new Set<Promise<void>>();
  const hash = async (index: number, segment: Segment) => {
    roots[index] = await hasher.root(segment);
  };
  for (let index = 0; index < count; index += 1) {
    signal?.throwIfAborted();
    const segment = log.segment(index * segmentLeaves, segmentLevel);
    if (!segment) return null;
    for (const { note, hash } of segment.pruned) stubs.add(note, hash);
    const work = hash(index, segment).finally(() => waiting.delete(work));
    waiting.add(work);
    await (waiting.size >= mostWaiting ? Promise.race(waiting) : setImmediate());
    if (roots.includes(null)) return null;
  }
  await Promise.all(waiting);
  return roots.every((root) => root !== null) ? roots : null;
}
