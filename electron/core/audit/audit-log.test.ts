import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppError } from '../errors.ts';
import { openDatabase, type WritableDb } from '../vault/database.ts';
import { auditSearchSql } from '../vault/migrations/0001/audit-records.sql.ts';
import { auditSql } from '../vault/migrations/0001/audit.sql.ts';
import { giveFalseIndex, logStorage, newAuditLog } from '../testing/audit-log.ts';
import { AuditedAct, systemActor } from './act.ts';
import { AuditLog } from './audit-log.ts';

let folder: string;
let db: WritableDb;
let log: AuditLog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-audit-'));
  db = openDatabase(join(folder, 'vault.db'), Buffer.alloc(32, 5), 'create');
  db.exec(`${auditSql}${auditSearchSql}`);
  db.exec('CREATE TABLE things (name TEXT PRIMARY KEY) STRICT');
  log = newAuditLog(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const act = (name = 'ada') => new AuditedAct(db, log, { ...systemActor, personId: 'p1', name }, 'things.add');
const add = (name: string, by = 'ada') =>
  act(by).commit({ subject: name, details: { length: name.length } }, (db) => db.prepare('INSERT INTO things VALUES (?)').run(name));
const fill = (count: number) => {
  for (let i = 0; i < count; i += 1) add(`thing-${i}`);
};

test('change and leaf are there together or not at all', async () => {
  fill(3);
  expect(() => add('thing-1')).toThrow('UNIQUE');
  expect(log.head().size).toBe(3);
  db.exec('DROP TABLE audit_nodes');
  expect(() => add('unrecorded')).toThrow();
  expect(db.prepare('SELECT count(*) AS n FROM things').get()).toEqual({ n: 3 });
  expect(() => log.append({ at: 1, actor: systemActor, action: 'a.b', subject: '', outcome: 'done', details: {} })).toThrow(
    'in the transaction',
  );
});

test('an untouched log verifies at every size, after a reopen too', async () => {
  expect(await log.verify()).toMatchObject({ ok: true, size: 0, problems: [] });
  for (let size = 1; size <= 20; size += 1) {
    add(`thing-${size}`);
    expect(await new AuditLog(logStorage(db)).verify()).toMatchObject({ ok: true, size, problems: [] });
  }
});

test('lists newest first, filtered', () => {
  fill(5);
  add('other', 'bob');
  expect(log.list({ search: '', limit: 2, before: 5 })).toMatchObject({ total: 6, entries: [{ sequence: 4 }, { sequence: 3 }] });
  expect(log.list({ search: '', actor: 'bob', limit: 9 })).toMatchObject({
    total: 1,
    entries: [{ sequence: 5, actor: 'bob', details: { length: 5 } }],
  });
  expect(log.list({ search: 'THING-3', outcome: 'done', limit: 9 }).entries.map(({ subject }) => subject)).toEqual(['thing-3']);
});

test.skipIf(spawnSync('openssl', ['version']).error)('the head is a C2SP checkpoint that OpenSSL verifies', () => {
  fill(4);
  const { checkpoint, root } = log.signedHead();
  const [origin, size, rootLine, blank, signature] = checkpoint.split('\n');
  expect([origin, size, rootLine, blank]).toEqual(['redoubt/v1', '4', Buffer.from(root).toString('base64'), '']);
  const line = Buffer.from(signature?.split(' ')[2] ?? '', 'base64');
  const { publicKey } = log.signer;
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  expect(line.subarray(0, 4)).toEqual(createHash('sha256').update('redoubt/v1\n\x01').update(raw).digest().subarray(0, 4));
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const note = file('note', checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1));
  const sig = file('sig', line.subarray(4));
  const key = file('log.pub', publicKey.export({ format: 'pem', type: 'spki' }));
  expect(
    execFileSync('openssl', ['pkeyutl', '-verify', '-pubin', '-inkey', key, '-rawin', '-in', note, '-sigfile', sig]).toString(),
  ).toContain('Verified Successfully');
});

/** What opening and verifying the log find wrong. */
async function findings(): Promise<string[]> {
  try {
    return (await new AuditLog(logStorage(db)).verify()).problems.map(({ message }) => message);
  } catch (error) {
    return [(error as AppError).code];
  }
}

/** Reseals nothing: what somebody with the opened database, but not with this program, could do. */
const mutations: Record<string, (sql: (text: string) => void) => void> = {
  'edits a subject': (sql) =>
    sql(`UPDATE audit_leaves SET canonical = replace(canonical, '"subject":"thing-3"', '"subject":"thing-4"') WHERE sequence = 3`),
  'edits the leaf itself': (sql) => sql(`UPDATE audit_leaves SET canonical = replace(canonical, 'ada', 'bob') WHERE sequence = 3`),
  'edits the hash': (sql) => sql(`UPDATE audit_leaves SET leaf_hash = zeroblob(32) WHERE sequence = 3`),
  'spells a leaf otherwise': (sql) => sql(`UPDATE audit_leaves SET canonical = replace(canonical, ',"at"', ', "at"') WHERE sequence = 3`),
  'makes a leaf unreadable': (sql) => sql(`UPDATE audit_leaves SET canonical = '{}' WHERE sequence = 3`),
  'shifts the time': (sql) => sql(`UPDATE audit_leaves SET canonical = json_set(canonical, '$.at', at + 1) WHERE sequence = 3`),
  'deletes a leaf': (sql) => sql(`DELETE FROM audit_leaves WHERE sequence = 3`),
  'deletes and closes the gap': (sql) =>
    sql(`DELETE FROM audit_leaves WHERE sequence = 3; UPDATE audit_leaves SET sequence = sequence - 1 WHERE sequence > 3`),
  'inserts a leaf at the end': (sql) =>
    sql(`INSERT INTO audit_leaves (sequence, canonical, leaf_hash) SELECT 11, canonical, leaf_hash FROM audit_leaves WHERE sequence = 3`),
  'inserts a leaf far away': (sql) =>
    sql(`INSERT INTO audit_leaves (sequence, canonical, leaf_hash) SELECT 99, canonical, leaf_hash FROM audit_leaves WHERE sequence = 3`),
  'inserts a leaf before the first': (sql) =>
    sql(`INSERT INTO audit_leaves (sequence, canonical, leaf_hash) SELECT -1, canonical, leaf_hash FROM audit_leaves WHERE sequence = 3`),
  'swaps two leaves': (sql) =>
    sql(
      `UPDATE audit_leaves SET sequence = 100 WHERE sequence = 3; UPDATE audit_leaves SET sequence = 3 WHERE sequence = 5; UPDATE audit_leaves SET sequence = 5 WHERE sequence = 100`,
    ),
  truncates: (sql) => sql(`DELETE FROM audit_leaves WHERE sequence >= 8`),
  'truncates with head': (sql) => sql(`DELETE FROM audit_leaves WHERE sequence >= 8; UPDATE audit_head SET size = 8`),
  'empties the log': (sql) => sql(`DELETE FROM audit_leaves; DELETE FROM audit_nodes; DELETE FROM audit_head`),
  'deletes all leaves': (sql) => sql(`DELETE FROM audit_leaves`),
  'deletes the head': (sql) => sql(`DELETE FROM audit_head`),
  'edits a tree node': (sql) => sql(`UPDATE audit_nodes SET hash = zeroblob(32) WHERE level = 1 AND position = 2`),
  'deletes a tree node': (sql) => sql(`DELETE FROM audit_nodes WHERE level = 2 AND position = 0`),
  'adds a tree node': (sql) => sql(`INSERT INTO audit_nodes VALUES (9, 9, zeroblob(32))`),
  'edits the head': (sql) => sql(`UPDATE audit_head SET root = zeroblob(32)`),
  'edits the edge of the tree': (sql) => sql(`UPDATE audit_head SET edge = zeroblob(length(edge))`),
  'shortens the edge of the tree': (sql) => sql(`UPDATE audit_head SET edge = x''`),
  'puts the head back': (sql) =>
    sql(`UPDATE audit_head SET size = 10, root = (SELECT hash FROM audit_nodes WHERE level = 1 AND position = 0)`),
  'edits the code of the head': (sql) => sql(`UPDATE audit_head SET mac = zeroblob(32)`),
  'changes the key': (sql) => sql(`UPDATE signing_keys SET name = 'redoubt/v2'`),
  'adds a trigger': (sql) => sql(`CREATE TRIGGER sly AFTER INSERT ON audit_leaves BEGIN SELECT 1; END`),
};

test.each(Object.entries(mutations))('finds whoever %s', async (_, mutate) => {
  fill(11);
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string; sql: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  const without = await log.verify();
  expect(without.problems).toHaveLength(triggers.length);
  mutate((sql) => db.exec(sql));
  for (const { sql } of triggers) db.exec(sql);
  expect(await findings()).not.toEqual([]);
});

test('the guards refuse every change but an append', () => {
  fill(2);
  const statements = [
    'UPDATE audit_leaves SET sequence = 9',
    'DELETE FROM audit_leaves',
    'INSERT INTO audit_leaves (sequence, canonical, leaf_hash) SELECT 7, canonical, leaf_hash FROM audit_leaves WHERE sequence = 0',
    'INSERT OR REPLACE INTO audit_leaves (sequence, canonical, leaf_hash) SELECT sequence, canonical, leaf_hash FROM audit_leaves WHERE sequence = 0',
    'UPDATE audit_nodes SET hash = zeroblob(32)',
    'DELETE FROM audit_nodes',
    'UPDATE audit_head SET size = 1',
    'DELETE FROM audit_head',
  ];
  for (const sql of statements) expect(() => db.exec(sql), sql).toThrow(/append|grows/);
});

test('a head kept outside recognises a log that was put back or forked', async () => {
  fill(6);
  const mark = ({ size, root }: { size: number; root: Uint8Array }) => ({ size, rootHash: Buffer.from(root).toString('hex') });
  const early = mark(log.head());
  expect(await log.verify(early)).toMatchObject({ ok: true });
  add('seventh');
  expect(mark({ size: 6, root: log.rootAt(6) })).toEqual(early);
  expect(await log.verify(early)).toMatchObject({ ok: true });
  expect(await log.verify({ ...early, size: 9 })).toMatchObject({ ok: false });
  expect(await log.verify({ ...mark(log.head()), size: 6 })).toMatchObject({ ok: false });
});

test('tables made to say something else than their entries are noticed, and a hold that nobody set or lifted', async () => {
  fill(3);
  const problems = async () => (await new AuditLog(logStorage(db)).verify()).problems.map(({ message }) => message);
  const hold = new AuditedAct(db, log, systemActor, 'audit.set-hold');
  hold.commit({ subject: '' }, () => db.exec("INSERT INTO audit_hold (id, reason, since, by) VALUES (1, 'a lawsuit', 1, 'ada')"));
  expect(await problems()).toEqual([]);
  db.exec('DELETE FROM audit_hold');
  expect(await problems()).toEqual(['The hold on the log was taken away, and no entry tells of it.']);
  new AuditedAct(db, log, systemActor, 'audit.lift-hold').commit({ subject: '' }, () => undefined);
  expect(await problems()).toEqual([]);
  db.exec("INSERT INTO audit_hold (id, reason, since, by) VALUES (1, 'nobody', 1, 'nobody')");
  expect(await problems()).toEqual(['The log is held, and no entry tells of it.']);
  db.exec('DELETE FROM audit_hold');
  hold.commit({ subject: '' }, () => undefined);
  giveFalseIndex(db);
  expect(await problems()).toEqual([
    'The log has a trigger, index or table that does not belong to it: sly.',
    'The hold on the log was taken away, and no entry tells of it.',
  ]);
});
