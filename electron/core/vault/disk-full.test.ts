import Database from 'better-sqlite3';
import { existsSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toErrorShape } from '../errors.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { writeFileAtomic } from './atomic-file.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test('a full database says so, and what to do', () => {
  const db = new Database(join(temporaryFolder(), 'full.db'));
  db.exec('CREATE TABLE t (a TEXT) STRICT; PRAGMA max_page_count = 4');
  const error = thrownBy(() => db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000)));
  expect(error).toBeInstanceOf(Database.SqliteError);
  expect(toErrorShape(error)).toMatchObject({ code: 'vault/disk-full', message: expect.stringContaining('Free some space') as string });
});

test.skipIf(!existsSync('/dev/full'))('so does a full disk', () => {
  const full = openSync('/dev/full', 'w');
  expect(toErrorShape(thrownBy(() => writeSync(full, 'x')))).toMatchObject({ code: 'vault/disk-full' });
});

test('a file that could not be written leaves nothing half-written behind', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
  expect(() => writeFileAtomic(join(folder, 'taken'), 'content')).toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});
