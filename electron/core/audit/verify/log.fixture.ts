import { join } from 'node:path';
import { logStorage } from '../../testing/audit-log.ts';
import { openDatabase } from '../../vault/database.ts';
import { auditSql } from '../../vault/migrations/0001/audit.sql.ts';
import { subKey } from '../../vault/sub-keys.ts';
import { systemActor } from '../act.ts';
import { AuditLog } from '../audit-log.ts';
import type { LogStorage } from '../log-keys.ts';
import { createSigningKeys } from '../signing-keys.ts';

/** Two whole segments and a part of one. */
export const size = 2 * 1024 + 77;
const key = () => subKey(Buffer.alloc(32, 7), 'v1', 'database');

/** Opens the database of a log whose guards are away: the key is the one that its storage says. */
export function openLog(file: string): LogStorage {
  return { ...logStorage(openDatabase(file, key(), 'open')), databaseEpoch: 1 };
}

/** A closed database in `folder` with a log of `size` leaves and without its guards. */
export function makeLog(folder: string): string {
  const file = join(folder, 'vault.db');
  const db = openDatabase(file, key(), 'create');
  db.exec(auditSql);
  const storage = logStorage(db);
  createSigningKeys(storage);
  const log = new AuditLog(storage);
  db.transaction(() => {
    for (let each = 0; each < size; each += 1)
      log.append({ at: each, actor: systemActor, action: 'things.add', subject: `合同 ${each}`, outcome: 'done', details: {} });
  })();
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[];
  for (const name of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.close();
  return file;
}

/** What somebody with the key could do to it, each on its own. */
export const wrong = {
  'a text': "UPDATE audit_leaves SET canonical = replace(canonical, '合同', '合约') WHERE sequence = 1500",
  'a text of the last, incomplete segment': "UPDATE audit_leaves SET canonical = replace(canonical, '合同', '合约') WHERE sequence = 2100",
  'a hash': 'UPDATE audit_leaves SET leaf_hash = zeroblob(32) WHERE sequence = 1023',
  'a node within a segment': 'UPDATE audit_nodes SET hash = zeroblob(32) WHERE level = 10 AND position = 1',
  'a node above the segments': 'UPDATE audit_nodes SET hash = zeroblob(32) WHERE level = 11',
  'a missing node': 'DELETE FROM audit_nodes WHERE level = 3 AND position = 7',
  'a missing leaf': 'DELETE FROM audit_leaves WHERE sequence = 5',
  'two leaves in each other’s place':
    'UPDATE audit_leaves SET sequence = -1 WHERE sequence = 5; UPDATE audit_leaves SET sequence = 5 WHERE sequence = 6; UPDATE audit_leaves SET sequence = 6 WHERE sequence = -1',
  'an empty text': "UPDATE audit_leaves SET canonical = '{}' WHERE sequence = 5",
  'a text in two parts': 'UPDATE audit_leaves SET canonical = canonical || char(0) || canonical WHERE sequence = 1023',
  'a text beyond its end, and none after it':
    'UPDATE audit_leaves SET canonical = canonical || char(0) WHERE sequence = 5; UPDATE audit_leaves SET canonical = NULL, pruned_by = 2000 WHERE sequence = 6',
  'a text beyond its end, and the next one taken without a word':
    'UPDATE audit_leaves SET canonical = canonical || char(0) WHERE sequence = 5; UPDATE audit_leaves SET canonical = NULL WHERE sequence = 6',
  'two texts in one leaf, and none in the next': `UPDATE audit_leaves SET canonical = canonical || char(0) ||
    (SELECT canonical FROM audit_leaves WHERE sequence = 6) WHERE sequence = 5; UPDATE audit_leaves SET canonical = NULL WHERE sequence = 6`,
  'a hash that begins in the leaf before':
    'UPDATE audit_leaves SET leaf_hash = CAST(leaf_hash || (SELECT substr(leaf_hash, 1, 1) FROM audit_leaves WHERE sequence = 6) AS BLOB) WHERE sequence = 5; UPDATE audit_leaves SET leaf_hash = substr(leaf_hash, 2) WHERE sequence = 6',
  'two leaves in one place': `CREATE TABLE other AS SELECT sequence, canonical, leaf_hash, pruned_by, at FROM audit_leaves; DROP TABLE audit_leaves;
    ALTER TABLE other RENAME TO audit_leaves; UPDATE audit_leaves SET sequence = 5 WHERE sequence = 6`,
  'a node within another': `UPDATE audit_nodes SET hash = CAST(hash || (SELECT hash FROM audit_nodes WHERE level = 2 AND position = 8) AS BLOB)
    WHERE level = 2 AND position = 7; DELETE FROM audit_nodes WHERE level = 2 AND position = 8`,
};

/** Leaves that have lost their text, by what two other leaves tell. */
export const pruning = `UPDATE audit_leaves SET canonical = NULL, pruned_by = 2000 WHERE sequence < 1100 AND sequence % 3 > 0;
  UPDATE audit_leaves SET canonical = NULL, pruned_by = 2050 WHERE sequence < 1100 AND sequence % 3 = 0 AND sequence <> 600`;
