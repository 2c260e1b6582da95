import Database from 'better-sqlite3';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AppError } from '../../errors.ts';
import { migrate, schemaVersion } from './index.ts';
import { describeSchema } from './schema.ts';

test('schema.sql is what the migrations make (npm run schema writes it anew)', () => {
  const db = new Database(':memory:');
  migrate(db);
  expect(describeSchema(db)).toBe(readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8'));
});

test('every table is STRICT, and migrating again changes nothing', () => {
  const db = new Database(':memory:');
  migrate(db);
  const tables = db
    .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  expect(tables.filter((table) => (table as { strict: number }).strict !== 1)).toEqual([]);
  const before = describeSchema(db);
  migrate(db);
  expect(describeSchema(db)).toBe(before);
});

test('a database of a newer version is refused and left as it is', () => {
  const db = new Database(':memory:');
  migrate(db);
  db.pragma(`user_version=${schemaVersion + 1}`);
  expect(() => migrate(db)).toThrow(AppError);
  expect(db.pragma('user_version', { simple: true })).toBe(schemaVersion + 1);
});
