import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { openDatabase } from '../database.ts';
import { migrate } from './index.ts';

const list = [
  'CREATE TABLE t (a TEXT) STRICT',
  'ALTER TABLE t ADD COLUMN b TEXT',
  'ALTER TABLE t ADD COLUMN c TEXT',
  'ALTER TABLE t ADD COLUMN d TEXT',
];

test('before each migration of a vault that has rows, an encrypted copy is kept, the newest two of them', () => {
  const folder = temporaryFolder();
  const backups = join(folder, 'before-migration');
  const key = randomBytes(32);
  const db = openDatabase(join(folder, 'vault.db'), key, 'create');
  migrate(db, backups, list.slice(0, 1));
  // A new vault has nothing to lose.
  expect(existsSync(backups)).toBe(false);
  db.prepare("INSERT INTO t VALUES ('kept')").run();
  migrate(db, backups, list);
  expect(readdirSync(backups).sort()).toEqual(['schema-2.db', 'schema-3.db']);
  migrate(db, backups, list);
  expect(readdirSync(backups)).toHaveLength(2);
  db.close();

  const copy = openDatabase(join(backups, 'schema-3.db'), key, 'open');
  expect(copy.pragma('user_version', { simple: true })).toBe(3);
  expect(copy.prepare('SELECT * FROM t').all()).toEqual([{ a: 'kept', b: null, c: null }]);
  copy.close();
  expect(() => openDatabase(join(backups, 'schema-2.db'), randomBytes(32), 'open')).toThrow(
    expect.objectContaining({ code: 'vault/damaged' }),
  );
});

test('a migration that fails leaves the database as it was, and its copy', () => {
  const folder = temporaryFolder();
  const db = openDatabase(join(folder, 'vault.db'), randomBytes(32), 'create');
  migrate(db, folder, list.slice(0, 1));
  expect(() => migrate(db, folder, [...list.slice(0, 1), 'ALTER TABLE t ADD COLUMN b TEXT; SELECT nonsense'])).toThrow();
  expect(db.pragma('user_version', { simple: true })).toBe(1);
  expect(
    db
      .prepare('SELECT * FROM t')
      .columns()
      .map(({ name }) => name),
  ).toEqual(['a']);
  expect(readdirSync(folder)).toContain('schema-1.db');
  db.close();
});

test('a migration counts as a commit: who opens the vault may get no further', () => {
  const db = openDatabase(join(temporaryFolder(), 'vault.db'), randomBytes(32), 'create');
  const counting = [
    'CREATE TABLE vault (commits INTEGER) STRICT',
    'ALTER TABLE vault ADD COLUMN a TEXT',
    'ALTER TABLE vault ADD COLUMN b TEXT',
  ];
  migrate(db, null, counting.slice(0, 1));
  db.prepare('INSERT INTO vault (commits) VALUES (7)').run();
  migrate(db, null, counting);
  migrate(db, null, counting);
  expect(db.prepare('SELECT commits FROM vault').pluck().get()).toBe(9);
  db.close();
});
