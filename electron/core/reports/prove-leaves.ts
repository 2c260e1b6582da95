import type { AuditLog, ProvenLeaf, SignedHead } from '../audit/audit-log.ts';
import { AuditRepository } from '../audit/audit.repository.ts';
import { Leaves } from '../audit/leaves.ts';
import { inclusionProof, type NodeReader } from '../audit/merkle.ts';
import type { WritableDb } from '../vault/database.ts';
import type { Evidence } from './kinds/kind.ts';

/** Leaves that one report takes along; of more, the newest. Each brings its proof, 1 to 2 KiB. */
export const mostLeaves = 2000;

export type ProvenEvidence = {
  readonly head: SignedHead;
  /** In the order of the log. */
  readonly leaves: readonly ProvenLeaf[];
  /** How many there are. */
  readonly all: number;
};

/** The leaves a report rests on, with their proofs to the head of now. One whose retention is over has no text left and is not among them. */
export function proveEvidence(db: WritableDb, audit: AuditLog, { subjects = [], sequences = [] }: Evidence): ProvenEvidence {
  return db.transaction(() => {
    const head = audit.signedHead();
    const found = new Leaves(db, audit.terms).textsOf(subjects, sequences);
    const read = nodeReader(new AuditRepository(db));
    const leaves = found.slice(-mostLeaves).map((leaf) => ({ ...leaf, proof: inclusionProof(read, leaf.sequence, head.size) }));
    return { head, leaves, all: found.length };
  })();
}

function nodeReader(tree: AuditRepository): NodeReader {
  return (level, index) => {
    const hash = tree.node(level, index);
    if (!hash) throw new Error(`the audit tree has no node ${index} on level ${level}`);
    return hash;
  };
}
