import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, protect, type WritableDb } from '../../../electron/core/vault/database.ts';
import { pageCacheKiB } from '../../../electron/core/vault/page-cache.ts';
import { emptyWriteAheadLog } from '../../../electron/core/vault/write-ahead-log.ts';
import { compared, secondsOf, shuffled } from './timed.ts';

const rows = 30_000;
const rowBytes = 1_000;
const reads = 30_000;
const runs = 7;
/** Pages of the cache for each page of data: all of it fits, a half, a quarter, hardly any. */
const cacheShares = [2, 0.5, 0.25, 0.02] as const;

type Pair = [ours: number[], peer: number[]];
const pairs = (): Pair => [[], []];

/** Bulk inserts and point reads: the vault's database, and plain better-sqlite3 with the same settings but no key. */
export function databaseFigures(folder: string): Record<string, unknown> {
  mkdirSync(folder);
  const equal = Array.from({ length: 1_000 }, () => randomBytes(rowBytes));
  const varied = equal.map((_, index) => randomBytes(rowBytes / 2 + index));
  const keys = Array.from({ length: reads }, () => 1 + Math.floor(Math.random() * rows));
  const seconds = { insert: pairs(), insertVaried: pairs(), reads: cacheShares.map(pairs) };
  const pages: [number, number] = [0, 0];
  for (let run = 0; run < runs; run += 1)
    for (const which of shuffled([0, 1] as const)) {
      const inNew = (work: (db: WritableDb) => void) => inNewDatabase(folder, which === 0, work);
      inNew((db) => seconds.insertVaried[which].push(secondsOf(() => insert(db, varied))));
      inNew((db) => {
        seconds.insert[which].push(secondsOf(() => insert(db, equal)));
        pages[which] = Number(db.pragma('page_count', { simple: true }));
        const read = db.prepare('SELECT value FROM rows WHERE id = ?');
        const readAll = () => {
          for (const key of keys) read.get(key);
        };
        for (const [index, share] of cacheShares.entries()) {
          db.pragma(`cache_size=${Math.ceil(pages[which] * share)}`);
          db.pragma('shrink_memory');
          readAll();
          seconds.reads[index]?.[which].push(secondsOf(readAll));
        }
      });
    }
  return {
    rows,
    rowBytes,
    cacheMiB: Math.round(pageCacheKiB() / 1024),
    // Three checked and encrypted passes over each page: into the log, out of it, into the file. Four rows of this size just fit
    // into a plain page and three into one of ours, which has 80 bytes less: a third more pages.
    bulkInsert: { ...compared(...seconds.insert), pages: pages[0], peerPages: pages[1], target: 0.33 },
    bulkInsertOfVariedRows: { ...compared(...seconds.insertVaried), rowBytes: [rowBytes / 2, rowBytes * 1.5], target: 0.33 },
    // By how much of the data fits into the cache of both. The vault's own (`cacheMiB`) holds all of an ordinary one; beyond
    // it a read checks and decrypts a page, most of it HMAC-SHA-512, which alone is slower than the target.
    pointReads: cacheShares.map((share, index) => ({
      cachePerData: share,
      reads,
      ...compared(...(seconds.reads[index] ?? pairs())),
      target: 0.6,
    })),
  };
}

function inNewDatabase(folder: string, isOurs: boolean, work: (db: WritableDb) => void): void {
  const file = join(folder, isOurs ? 'ours.db' : 'plain.db');
  const db = isOurs ? openDatabase(file, randomBytes(32), 'create') : openPlain(file);
  try {
    work(db);
  } finally {
    db.close();
    rmSync(file, { force: true });
  }
}

function openPlain(file: string): WritableDb {
  const db = new Database(file);
  protect(db);
  return db;
}

/** Until all of it is in the database file: what waits in the log still has to be paid for. */
function insert(db: WritableDb, values: readonly Buffer[]): void {
  db.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT');
  const add = db.prepare('INSERT INTO rows (value) VALUES (?)');
  const batch = db.transaction(() => {
    for (const value of values) add.run(value);
  });
  for (let done = 0; done < rows; done += values.length) batch();
  emptyWriteAheadLog(db);
}
