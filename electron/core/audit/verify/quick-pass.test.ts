import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newAuditLog } from '../../testing/audit-log.ts';
import { openDatabase, type WritableDb } from '../../vault/database.ts';
import { auditSql } from '../../vault/migrations/0001/audit.sql.ts';
import { systemActor } from '../act.ts';
import type { AuditLog } from '../audit-log.ts';
import { AuditRepository } from '../audit.repository.ts';
import { inThisThread, inThreads, type Hasher } from './hashers.ts';
import { quickPass } from './quick-pass.ts';
import { thoroughPass } from './thorough-pass.ts';

let folder: string;
let db: WritableDb;
let log: AuditLog;
const size = 2 * 1024 + 77;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-audit-'));
  db = openDatabase(join(folder, 'vault.db'), Buffer.alloc(32, 5), 'create');
  db.exec(auditSql);
  log = newAuditLog(db);
  db.transaction(() => {
    for (let each = 0; each < size; each += 1)
      log.append({ at: each, actor: systemActor, action: 'things.add', subject: `合同 ${each}`, outcome: 'done', details: {} });
  })();
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[];
  for (const name of triggers) db.exec(`DROP TRIGGER ${name}`);
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** The pass over the log as `sql` leaves it, which is taken back. */
async function passAfter(sql: string, hasher: Hasher) {
  db.exec('BEGIN');
  try {
    if (sql) db.exec(sql);
    return await quickPass(new AuditRepository(db), size, hasher);
  } finally {
    db.exec('ROLLBACK');
    hasher.close();
  }
}

test.each([
  ['this thread', () => inThisThread],
  ['threads', inThreads],
])('hashed in %s, leaves and nodes lead to the head, at every earlier size too', async (_, hasher) => {
  const passed = await passAfter('', hasher());
  expect(passed?.root).toEqual(log.head().root);
  for (const at of [0, 1, 1023, 1024, 1025, 2048, size]) expect(passed?.rootAt(at)).toEqual(log.rootAt(at));
  expect(passed?.rootAt(size + 1)).toBeNull();
  expect(await passAfter(wrong['a text'], hasher())).toBeNull();
});

const wrong = {
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
};

test.each(Object.entries(wrong))('%s does not pass, and the thorough pass says where', async (_, sql) => {
  expect(await passAfter(sql, inThisThread)).toBeNull();
  const found: string[] = [];
  db.exec('BEGIN');
  db.exec(sql);
  await thoroughPass(new AuditRepository(db), size, new Set(), (sequence, message) => found.push(`${sequence} ${message}`));
  db.exec('ROLLBACK');
  expect(found).not.toEqual([]);
});
