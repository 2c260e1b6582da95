import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { giveFalseIndex, newAuditLog } from '../testing/audit-log.ts';
import { openDatabase, type WritableDb } from '../vault/database.ts';
import { auditSql } from '../vault/migrations/0001/audit.sql.ts';
import { systemActor } from './act.ts';
import type { AuditLog } from './audit-log.ts';
import { Leaves, type CaseAct } from './leaves.ts';

let folder: string;
let db: WritableDb;
let log: AuditLog;
let leaves: Leaves;
const size = 2 * 1024 + 77;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-audit-'));
  db = openDatabase(join(folder, 'vault.db'), Buffer.alloc(32, 5), 'create');
  db.exec(auditSql);
  log = newAuditLog(db);
  leaves = new Leaves(db, log.terms);
  append(size);
  for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[])
    db.exec(`DROP TRIGGER ${name}`);
  // Who has the key needs no leave of SQLite's.
  db.pragma('ignore_check_constraints=1');
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => void db.exec('BEGIN'));
afterEach(() => void db.exec('ROLLBACK'));

function append(count: number): void {
  const write = db.transaction(() => {
    for (let each = log.head().size, end = each + count; each < end; each += 1)
      log.append({
        at: each,
        actor: { ...systemActor, name: each % 600 === 7 ? 'ada' : 'ben' },
        action: each % 100 === 3 ? 'things.erase' : 'things.add',
        subject: `合同 ${each % 500}`,
        caseId: each % 300 === 7 ? 'case-1' : null,
        outcome: 'done',
        details: {},
      });
  });
  write();
}

const every = (step: number, first: number) => Array.from({ length: Math.ceil((size - first) / step) }, (_, at) => first + at * step);
const sequences = (found: readonly { sequence: number }[]) => found.map(({ sequence }) => sequence);

/** All questions, and what a plain look through everything answers. */
async function expectWhole(): Promise<void> {
  expect(sequences(leaves.ofActions(['things.erase', 'things.never']))).toEqual(every(100, 3));
  expect(sequences(leaves.ofActions(['things.erase'], 1_000, 1_200))).toEqual([1_003, 1_103]);
  expect(sequences(leaves.of(['合同 44', '合同 499']))).toEqual([...every(500, 44), ...every(500, 499)].sort((a, b) => a - b));
  expect(sequences(leaves.ofCase('case-1', ['合同 44']))).toEqual([...every(300, 7), ...every(500, 44)].sort((a, b) => a - b));
  expect(sequences(leaves.textsOf(['合同 44'], [0, 5]))).toEqual([0, 5, ...every(500, 44)]);
  const acts: CaseAct[] = [];
  for await (const page of leaves.actsIn(['case-1', 'case-2'])) acts.push(...page);
  expect(acts.map(({ at, actor }) => [at, actor])).toEqual(
    every(300, 7)
      .toReversed()
      .map((at) => [at, at % 600 === 7 ? 'ada' : 'ben']),
  );
}

test('finds every leaf of an action, subject or case, in full blocks and after them', async () => {
  expect(db.prepare('SELECT count(*) FROM audit_terms').pluck().get()).toBe(6);
  await expectWhole();
  expect(leaves.of(['nothing'])).toEqual([]);
  expect(leaves.of([])).toEqual([]);
});

const tampered: Record<string, string> = {
  'removes all rows': 'DELETE FROM audit_terms',
  'removes one': 'DELETE FROM audit_terms WHERE id = (SELECT min(id) FROM audit_terms)',
  'empties them': 'UPDATE audit_terms SET tags = zeroblob(3072)',
  'makes codes up': 'UPDATE audit_terms SET tags = zeroblob(3072), mac = randomblob(32)',
  'puts one in place of another':
    'UPDATE audit_terms SET (tags, mac) = (SELECT tags, mac FROM audit_terms AS other WHERE other.id = 1) WHERE id = 0',
  'moves them': 'UPDATE audit_terms SET id = id + 7',
  'moves their beginning into the node before it': `UPDATE audit_nodes SET hash = CAST(hash || (SELECT substr(tags, 1, 3) FROM audit_terms WHERE id = 0) AS BLOB)
    WHERE level = 10 AND position = 0; UPDATE audit_terms SET tags = substr(tags, 4) WHERE id = 0`,
  'has one stand for another': `CREATE TABLE other AS SELECT * FROM audit_terms; DROP TABLE audit_terms; ALTER TABLE other RENAME TO audit_terms;
    INSERT INTO audit_terms SELECT * FROM audit_terms WHERE id = 4294967296; DELETE FROM audit_terms WHERE id = 8589934592`,
  'removes the nodes that they belong to': 'DELETE FROM audit_nodes WHERE level = 10',
};
test.each(Object.entries(tampered))('hides nothing from who %s', async (_, sql) => {
  db.exec(sql);
  await expectWhole();
});

test.each([
  ['of another text', "canonical = replace(canonical, 'things.erase', 'things.other')"],
  ['without a text', 'canonical = NULL, pruned_by = 2000'],
])('a leaf %s when its block was full is looked for later', (_, change) => {
  append(1024 - 78);
  const text = db.prepare('SELECT canonical FROM audit_leaves WHERE sequence = 2103').pluck().get();
  db.exec(`UPDATE audit_leaves SET ${change} WHERE sequence = 2103`);
  append(1);
  expect(db.prepare('SELECT count(*) FROM audit_terms').pluck().get()).toBe(6);
  db.prepare('UPDATE audit_leaves SET canonical = ?, pruned_by = NULL WHERE sequence = 2103').run(text);
  expect(sequences(leaves.ofActions(['things.erase']))).toContain(2103);
});

test('of leaves that lose their text nothing is kept, of the others all', () => {
  const tags = () => db.prepare('SELECT tags FROM audit_terms ORDER BY id LIMIT 1').pluck().get() as Buffer;
  expect(tags().subarray(3 * 3, 4 * 3)).not.toEqual(Buffer.alloc(3));
  log.terms.forget([{ sequence: 3 }, { sequence: 1030 }]);
  expect(tags().subarray(3 * 3, 4 * 3)).toEqual(Buffer.alloc(3));
  expect(log.terms.find({ action: ['things.erase'] })).toEqual(every(100, 3).filter((each) => each !== 3));
});

// Last: it stays.
test('an index of SQLite’s that lacks leaves hides none', async () => {
  db.exec('ROLLBACK');
  giveFalseIndex(db);
  db.exec('BEGIN; DELETE FROM audit_terms');
  await expectWhole();
});
