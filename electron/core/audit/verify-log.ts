import { setImmediate } from 'node:timers/promises';
import type { AuditVerification } from '../contract/audit.ts';
import type { AuditMark } from '../vault/anchor.ts';
import { auditSql } from '../vault/migrations/0001/audit.sql.ts';
import type { AuditRepository, HeadRow, LeafRow } from './audit.repository.ts';
import { canonicalJson } from './canonical-json.ts';
import { openCheckpoint } from './checkpoint.ts';
import { parseLeaf } from './leaf.ts';
import { completedBy, emptyRoot, leafHash, nodeHash, type Hash } from './merkle.ts';
import type { LogSigner } from './signing-keys.ts';

type Problem = AuditVerification['problems'][number];

/** Leaves checked before other calls get their turn. */
const pageSize = 100;
/** A log that is wrong everywhere need not be listed whole. */
const mostProblems = 200;

/** Checks the log as it stands at the call; leaves appended meanwhile are left for the next time. */
export async function verifyAuditLog(log: AuditRepository, signer: LogSigner, anchor?: AuditMark | null): Promise<AuditVerification> {
  const started = performance.now();
  const problems: Problem[] = [];
  const report = (sequence: number | null, message: string) => {
    if (problems.length < mostProblems) problems.push({ sequence, message });
  };

  const stored = log.head();
  if (!stored) report(null, 'The signed head of the log is missing.');
  const extent = log.extent();
  const head = stored ?? { size: extent.leaves, root: emptyRoot, checkpoint: '' };
  if (extent.leaves !== head.size || extent.highest !== head.size - 1) {
    report(null, `The signed head counts ${head.size} entries, the log holds ${extent.leaves} and ends at ${extent.highest}.`);
  }
  if (stored) checkHead(stored, signer, report);
  checkTriggers(log.triggers(), report);

  const tree = new Frontier();
  for (let start = 0; start < head.size;) {
    const page = log.leavesFrom(start, Math.min(pageSize, head.size - start)).filter(({ sequence }) => sequence < head.size);
    if (page.length === 0) break;
    for (const row of page) {
      if (row.sequence !== tree.size) {
        report(
          tree.size,
          row.sequence === tree.size + 1 ? 'The entry is missing.' : `Entries ${tree.size} to ${row.sequence - 1} are missing.`,
        );
        tree.skipTo(row.sequence);
      }
      checkLeaf(row, report);
      for (const node of tree.add(leafHash(Buffer.from(row.canonical)))) {
        if (!same(log.node(node.level, node.index), node.hash))
          report(row.sequence, `Tree node ${node.level}/${node.index} does not match its entries.`);
      }
      if (anchor && tree.size === anchor.size && Buffer.from(tree.root()).toString('hex') !== anchor.rootHash)
        report(null, `The first ${anchor.size} entries are not those of the head kept outside the vault.`);
    }
    start = tree.size;
    await setImmediate();
  }
  if (extent.nodes !== tree.completed) report(null, `The tree holds ${extent.nodes} nodes where ${tree.completed} belong.`);
  if (anchor && anchor.size > head.size)
    report(
      null,
      `The head kept outside the vault counts ${anchor.size} entries, the log only ${head.size}: it was put back to an earlier state.`,
    );
  const root = tree.root();
  if (stored && !same(root, head.root)) report(null, 'The entries do not lead to the root of the signed head.');

  return {
    ok: problems.length === 0,
    size: head.size,
    rootHash: Buffer.from(root).toString('hex'),
    checkpoint: head.checkpoint,
    publicKey: signer.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    problems,
    durationMs: performance.now() - started,
  };
}

function checkHead(head: HeadRow, signer: LogSigner, report: (sequence: null, message: string) => void): void {
  try {
    const signed = openCheckpoint(head.checkpoint, signer.publicKey);
    if (signed.origin !== signer.origin) report(null, `The signed head belongs to another log (${signed.origin}).`);
    if (signed.size !== head.size || !same(signed.root, head.root)) report(null, 'The stored head is not the one that was signed.');
  } catch (error) {
    report(null, error instanceof Error ? error.message : String(error));
  }
}

function checkTriggers(present: Map<string, string>, report: (sequence: null, message: string) => void): void {
  const wanted = [...auditSql.matchAll(/CREATE TRIGGER (?<name>\w+)[\s\S]*?END(?=;)/g)];
  for (const { 0: sql, groups } of wanted) {
    const name = groups?.['name'] ?? '';
    if (present.get(name) !== sql) report(null, `The guard ${name} of the log is missing or altered.`);
    present.delete(name);
  }
  for (const name of present.keys()) report(null, `The log has a trigger that does not belong to it: ${name}.`);
}

function checkLeaf(row: LeafRow, report: (sequence: number, message: string) => void): void {
  if (!same(leafHash(Buffer.from(row.canonical)), row.leaf_hash)) report(row.sequence, 'The entry was altered: its hash does not match.');
  try {
    const leaf = parseLeaf(row.canonical);
    if (canonicalJson(leaf) !== row.canonical) report(row.sequence, 'The entry is not in canonical form.');
    if (leaf.sequence !== row.sequence) report(row.sequence, `The entry was moved: it was written as number ${leaf.sequence}.`);
  } catch {
    report(row.sequence, 'The entry cannot be read.');
  }
}

/** The complete subtrees at the right edge of a growing tree. */
class Frontier {
  size = 0;
  /** How many complete subtrees above the leaves there have been. */
  completed = 0;
  #edge: { level: number; hash: Hash }[] = [];

  /** Adds a leaf and returns the subtrees it completes. */
  add(leaf: Hash): { level: number; index: number; hash: Hash }[] {
    let hash = leaf;
    const done = completedBy(this.size).map(({ level, index }) => {
      const left = this.#edge.pop();
      hash = nodeHash(left?.hash ?? emptyRoot, hash);
      return { level, index, hash };
    });
    this.#edge.push({ level: done.length, hash });
    this.size += 1;
    this.completed += done.length;
    return done;
  }

  /** Fills a gap with a hash that no leaf has, so that the rest keeps its places. */
  skipTo(size: number): void {
    while (this.size < size) this.add(emptyRoot);
  }

  root(): Hash {
    const hashes = this.#edge.map(({ hash }) => hash);
    return hashes.length === 0 ? emptyRoot : hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}

function same(a: Hash | null, b: Hash | null): boolean {
  return a !== null && b !== null && Buffer.compare(a, b) === 0;
}
