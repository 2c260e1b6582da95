import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { canonicalJson } from '../../../electron/core/audit/canonical-json.ts';
import { HeadMac } from '../../../electron/core/audit/head-mac.ts';
import { wrapLogKey } from '../../../electron/core/audit/log-keys.ts';
import { packEdge } from '../../../electron/core/audit/edge.ts';
import { leafHash, nodeHash } from '../../../electron/core/audit/merkle.ts';
import { noSeal, rawOf, sealHash, signSeal, signStart, type Seal } from '../../../electron/core/audit/seals/seal.ts';
import type { Json } from '../../../electron/core/contract/base.ts';
import type { AttackedLog } from './attacked-log.ts';

/**
 * What an attacker can do after changing entries. `rows`: nothing, as somebody with the open database and no idea.
 * `hashes`: make tree and head fit. `log key`: write the head with the key of the log. `re-seal`: seal everything anew with
 * keys of his own, bound by the key of the log. `re-seal and anchor`: write the mark outside the database, too.
 */
export const attackers = ['rows', 'hashes', 'log key', 're-seal', 're-seal and anchor'] as const;
export type Attacker = (typeof attackers)[number];

export type Entry = { sequence: number; canonical: string | null; leaf_hash: Uint8Array; pruned_by: number | null };

export function entries({ db }: AttackedLog): Entry[] {
  return db.prepare('SELECT sequence, canonical, leaf_hash, pruned_by FROM audit_leaves ORDER BY sequence').all() as Entry[];
}

/** Writes the entries from `place` on, as they are, in this order. */
export function putEntries({ db }: AttackedLog, all: readonly Entry[], place: number): void {
  db.prepare('DELETE FROM audit_leaves WHERE sequence >= ?').run(place);
  const insert = db.prepare(
    'INSERT INTO audit_leaves (sequence, canonical, leaf_hash, pruned_by) VALUES (@sequence, @canonical, @leaf_hash, @pruned_by)',
  );
  for (const each of all.slice(place)) insert.run(each);
}

/** The entry with these members instead of its own, in canonical form. */
export function edited(entry: Entry, change: Readonly<Record<string, Json>>): Entry {
  if (entry.canonical === null) return entry;
  return { ...entry, canonical: canonicalJson({ ...(JSON.parse(entry.canonical) as Record<string, Json>), ...change }) };
}

/** Makes everything fit that this attacker can. */
export function cover(log: AttackedLog, attacker: Attacker, key: KeyObject | null = null): void {
  if (attacker === 'rows') return;
  const { db } = log;
  const hashes: Uint8Array[] = [];
  const setHash = db.prepare('UPDATE audit_leaves SET leaf_hash = ? WHERE sequence = ?');
  for (const { sequence, canonical, leaf_hash } of entries(log)) {
    const hash = canonical === null ? leaf_hash : leafHash(Buffer.from(canonical));
    if (Buffer.compare(hash, leaf_hash) !== 0) setHash.run(hash, sequence);
    hashes.push(hash);
  }
  const tree = treeOf(hashes);
  db.exec('DELETE FROM audit_nodes');
  const node = db.prepare('INSERT INTO audit_nodes (level, position, hash) VALUES (?, ?, ?)');
  for (const [level, row] of tree.entries()) if (level > 0) for (const [position, hash] of row.entries()) node.run(level, position, hash);
  const [size, root] = [hashes.length, rootOfTree(tree, hashes.length)];
  const signer = new AuditLog(log.storage).signer;
  const logKey = key ?? signer.privateKey;
  const head = { size, root, edge: packEdge(edgeOf(tree, size)) };
  const mac = new HeadMac(signer.origin, attacker === 'hashes' ? generateKeyPairSync('ed25519').privateKey : logKey).of(head);
  db.prepare('UPDATE audit_head SET size = ?, root = ?, edge = ?, mac = ?').run(size, root, head.edge, mac);
  if (attacker === 're-seal' || attacker === 're-seal and anchor') reseal(log, signer.origin, logKey, tree);
}

/** A chain of seals over the same sizes, all with new keys. */
function reseal({ db, storage }: AttackedLog, origin: string, logKey: KeyObject, tree: readonly (readonly Uint8Array[])[]): void {
  const size = tree[0]?.length ?? 0;
  const old = db.prepare('SELECT at, size FROM audit_seals WHERE size <= ? ORDER BY epoch').all(size) as { at: number; size: number }[];
  db.exec('DELETE FROM audit_seals; DELETE FROM audit_seal_start; DELETE FROM audit_seal_key');
  let pair = generateKeyPairSync('ed25519');
  const first = rawOf(pair.publicKey);
  db.prepare('INSERT INTO audit_seal_start (id, public_key, signature) VALUES (1, ?, ?)').run(first, signStart(origin, first, logKey));
  let before: Seal | null = null;
  for (const [epoch, { at, size: sealed }] of old.entries()) {
    const next = generateKeyPairSync('ed25519');
    const root = rootOfTree(tree, sealed);
    const previous = before ? sealHash(origin, before) : noSeal;
    const seal = signSeal(origin, { epoch, at, size: sealed, root, previous, nextKey: rawOf(next.publicKey) }, pair.privateKey);
    db.prepare('INSERT INTO audit_seals (epoch, at, size, root, previous, next_key, signature) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      epoch,
      at,
      sealed,
      root,
      previous,
      seal.nextKey,
      seal.signature,
    );
    [pair, before] = [next, seal];
  }
  const wrapped = wrapLogKey(storage, `${origin}/seal/${old.length}`, pair.privateKey.export({ format: 'der', type: 'pkcs8' }));
  db.prepare('INSERT INTO audit_seal_key (id, epoch, key_epoch, private_key) VALUES (1, ?, ?, ?)').run(
    old.length,
    wrapped.epoch,
    wrapped.wrapped,
  );
}

/** Rows of complete subtrees, leaves first. */
function treeOf(leaves: readonly Uint8Array[]): Uint8Array[][] {
  const tree = [[...leaves]];
  for (let below = tree[0]; below && below.length > 1; below = tree.at(-1)) {
    const row: Uint8Array[] = [];
    for (let at = 0; at + 1 < below.length; at += 2) row.push(nodeHash(below[at]!, below[at + 1]!));
    tree.push(row);
  }
  return tree;
}

/** The complete subtrees of the first `size` leaves, largest first. */
function edgeOf(tree: readonly (readonly Uint8Array[])[], size: number): Uint8Array[] {
  const edge: Uint8Array[] = [];
  for (let level = 0, rest = size; rest > 0; level += 1, rest = Math.floor(rest / 2)) {
    const complete = rest % 2 === 1 ? tree[level]?.[rest - 1] : undefined;
    if (complete) edge.unshift(complete);
  }
  return edge;
}

function rootOfTree(tree: readonly (readonly Uint8Array[])[], size: number): Uint8Array {
  return edgeOf(tree, size).reduceRight((right, left) => nodeHash(left, right));
}
