import type { AttackedLog } from './attacked-log.ts';
import { simple, type Mutation } from './structured.ts';

/** Rows that say together what they should, and each for itself something else. */
export function joinedMutations(): Mutation[] {
  const first = `(SELECT min(a.sequence) FROM audit_leaves AS a JOIN audit_leaves AS b ON b.sequence = a.sequence + 1
    WHERE a.canonical IS NOT NULL AND b.canonical IS NOT NULL)`;
  const run = (sql: string) => (log: AttackedLog) => {
    const at = log.db.prepare(`SELECT ${first}`).pluck().get();
    log.db.exec(sql.replaceAll(':at', String(at)));
  };
  return [
    simple(
      'joined rows',
      'a text in the entry before',
      run(`UPDATE audit_leaves SET canonical = canonical || char(0) || (SELECT canonical FROM audit_leaves WHERE sequence = :at + 1) WHERE sequence = :at;
        UPDATE audit_leaves SET canonical = NULL WHERE sequence = :at + 1`),
    ),
    simple(
      'joined rows',
      'an empty text in the entry before, and none',
      run(`UPDATE audit_leaves SET canonical = canonical || char(0) WHERE sequence = :at;
        UPDATE audit_leaves SET canonical = NULL WHERE sequence = :at + 1`),
    ),
    simple(
      'joined rows',
      'a byte of a hash in the entry before',
      run(`UPDATE audit_leaves SET leaf_hash = CAST(leaf_hash || (SELECT substr(leaf_hash, 1, 1) FROM audit_leaves WHERE sequence = :at + 1) AS BLOB)
        WHERE sequence = :at; UPDATE audit_leaves SET leaf_hash = substr(leaf_hash, 2) WHERE sequence = :at + 1`),
    ),
    simple(
      'joined rows',
      'a node in the one before',
      run(`UPDATE audit_nodes SET hash = CAST(hash || (SELECT hash FROM audit_nodes WHERE level = 1 AND position = 1) AS BLOB)
        WHERE level = 1 AND position = 0; DELETE FROM audit_nodes WHERE level = 1 AND position = 1`),
    ),
  ];
}
