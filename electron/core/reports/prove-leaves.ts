import { z } from 'zod';
import type { AuditHead, AuditLog, ProvenLeaf } from '../audit/audit-log.ts';
import { AuditRepository } from '../audit/audit.repository.ts';
import { inclusionProof, type NodeReader } from '../audit/merkle.ts';
import type { WritableDb } from '../vault/database.ts';
import type { Evidence } from './kinds/kind.ts';

/** Leaves that one report takes along; of more, the newest. Each brings its proof, 1 to 2 KiB. */
export const mostLeaves = 2000;

export type ProvenEvidence = {
  readonly head: AuditHead;
  /** In the order of the log. */
  readonly leaves: readonly ProvenLeaf[];
  /** How many there are. */
  readonly all: number;
};

const leafRow = z.object({ sequence: z.number(), canonical: z.string() });

/** The leaves a report rests on, with their proofs to the head of now. One whose retention is over has no text left and is not among them. */
export function proveEvidence(db: WritableDb, audit: AuditLog, { subjects = [], sequences = [] }: Evidence): ProvenEvidence {
  return db.transaction(() => {
    const head = audit.head();
    const sql = `SELECT sequence, canonical FROM audit_leaves WHERE canonical IS NOT NULL
      AND (subject IN (SELECT value FROM json_each(?)) OR sequence IN (SELECT value FROM json_each(?))) ORDER BY sequence`;
    const found = z.array(leafRow).parse(db.prepare(sql).all(JSON.stringify(subjects), JSON.stringify(sequences)));
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
