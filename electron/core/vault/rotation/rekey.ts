import Database from 'better-sqlite3';
import { readSync } from 'node:fs';
import { AppError } from '../../errors.ts';
import { protect, set, withRawKey, type WritableDb } from '../database.ts';
import { heldHandle } from '../held-file.ts';

type Rekeyed = WritableDb & { rekey(key: Buffer): number; key(key: Buffer): number };

/**
 * Puts every page of the open database under a new key, in one transaction: killed at any point, the database is under
 * the one key or the other (`databaseEpoch` tells which). Nothing else runs meanwhile (16 s per GB), and it takes as much
 * room again until it is done. Afterwards it is read back through a connection that has only the new key.
 * Prepared statements stay good. Where it fails before `onRekeyed`, the database is under the old key, in use as before.
 * @throws what SQLite throws, for example on a full disk; AppError `vault/rotation-read-back`
 */
export function rekeyDatabase(db: WritableDb, newKey: Uint8Array, onRekeyed: () => void): void {
  // A key is not replaced under a write-ahead log. Only unlinking the journal, not clearing it, says that it is done.
  set(db, 'journal_mode', 'delete');
  try {
    set(db, 'locking_mode', 'normal');
    withRawKey(newKey, (raw) => (db as Rekeyed).rekey(raw), saltOf(db.name));
    onRekeyed();
    readBack(db, newKey);
  } finally {
    const logPages = db.pragma('wal_autocheckpoint', { simple: true }) as number;
    protect(db);
    set(db, 'wal_autocheckpoint', logPages);
  }
}

/**
 * The salt of the page MACs, at the start of the file. It stays as it is: left to itself the library makes a new one, and
 * a kill between the first page and the last then leaves a journal that no key can read.
 */
function saltOf(file: string): Buffer {
  const salt = Buffer.alloc(16);
  readSync(heldHandle(file), salt, 0, salt.length, 0);
  return salt;
}

function readBack(db: WritableDb, newKey: Uint8Array): void {
  const again = new Database(db.name, { readonly: true, fileMustExist: true, timeout: 2_000 });
  try {
    again.pragma("cipher='sqlcipher'");
    again.pragma('legacy=4');
    withRawKey(newKey, (raw) => (again as Rekeyed).key(raw));
    if (fingerprint(again) === fingerprint(db)) return;
  } finally {
    again.close();
  }
  throw new AppError(
    'vault/rotation-read-back',
    'The database could not be read back under the new key. Both keys are kept, and nothing is lost. Make a backup, then try again.',
  );
}

/** Enough to tell whether the same database is there: its schema, its pages and the newest row of every table. */
function fingerprint(db: WritableDb): string {
  const tables = db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name")
    .pluck()
    .all() as string[];
  const pragmas = ['schema_version', 'user_version', 'page_count', 'freelist_count'].map((name) => db.pragma(name, { simple: true }));
  const newest = tables.map((name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    try {
      return db.prepare(`SELECT max(rowid) FROM ${quoted}`).pluck().get();
    } catch {
      return db.prepare(`SELECT count(*) FROM (SELECT 1 FROM ${quoted} LIMIT 1)`).pluck().get();
    }
  });
  return JSON.stringify([pragmas, newest]);
}
