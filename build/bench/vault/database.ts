import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, protect, type WritableDb } from '../../../electron/core/vault/database.ts';
import { compared, secondsOf } from './timed.ts';

const rows = 30_000;
const rowBytes = 1_000;
const reads = 30_000;
const runs = 5;
/** SQLite's rule: negative for KiB. */
const smallCacheKiB = -1_000;

/** Bulk inserts and point reads: the vault's database, and plain better-sqlite3 with the same settings but no key. */
export function databaseFigures(folder: string): Record<string, unknown> {
  mkdirSync(folder);
  const values = Array.from({ length: 1_000 }, () => randomBytes(rowBytes));
  const keys = Array.from({ length: reads }, () => 1 + Math.floor(Math.random() * rows));
  const pairs = (): [number[], number[]] => [[], []];
  const seconds = { insert: pairs(), read: pairs(), readBeyondCache: pairs() };
  for (let run = 0; run < runs; run += 1)
    for (const which of [0, 1] as const) {
      const db = which === 0 ? openDatabase(join(folder, 'ours.db'), randomBytes(32), 'create') : openPlain(join(folder, 'plain.db'));
      seconds.insert[which].push(secondsOf(() => insert(db, values)));
      const read = db.prepare('SELECT value FROM rows WHERE id = ?');
      for (const key of keys.slice(0, 1_000)) read.get(key);
      const readAll = () => {
        for (const key of keys) read.get(key);
      };
      seconds.read[which].push(secondsOf(readAll));
      db.pragma(`cache_size=${smallCacheKiB}`);
      db.pragma('shrink_memory');
      seconds.readBeyondCache[which].push(secondsOf(readAll));
      db.close();
      for (const name of ['ours.db', 'plain.db']) rmSync(join(folder, name), { force: true });
    }
  return {
    rows,
    rowBytes,
    bulkInsert: { ...compared(...seconds.insert), target: 0.33 },
    pointReads: { reads, ...compared(...seconds.read), target: 0.6 },
    // Of a vault that is much larger than its cache: nearly each read decrypts a page.
    pointReadsBeyondCache: compared(...seconds.readBeyondCache),
  };
}

function openPlain(file: string): WritableDb {
  const db = new Database(file);
  protect(db);
  return db;
}

function insert(db: WritableDb, values: readonly Buffer[]): void {
  db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT');
  const add = db.prepare('INSERT INTO rows (value) VALUES (?)');
  const batch = db.transaction(() => {
    for (const value of values) add.run(value);
  });
  for (let done = 0; done < rows; done += values.length) batch();
}
