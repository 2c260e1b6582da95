import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { AppError, explained } from '../errors.ts';
import { pageCacheKiB } from './page-cache.ts';

/** The open, encrypted database. Only repositories hold it. */
export type WritableDb = Database.Database;

/** What the encrypted build adds to the better-sqlite3 API. */
type Keyed = WritableDb & { key(key: Buffer): number };

// Read once, when the library is loaded: `openStillFile` opens by a URI.
process.env['SQLITE_USE_URI'] = '1';

/** Pages that the write-ahead log holds before they go to the file. */
const logPages = 4_000;

const settings: readonly [pragma: string, value: string | number][] = [
  // One process has the vault open; the lock goes with the process, however it ends.
  ['locking_mode', 'exclusive'],
  ['temp_store', 2],
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['mmap_size', 0],
  ['secure_delete', 1],
  ['journal_size_limit', 64 * 1024 * 1024],
  // Decrypting a page takes longer than anything done with it: the pages in use stay in memory (KiB, negative by SQLite's rule) …
  ['cache_size', -pageCacheKiB()],
  // … and pages that change often go from the log to the file less often. 16 MiB of log take 0.2 s to read after a crash.
  ['wal_autocheckpoint', logPages],
];

/**
 * Opens the database file with the raw 32-byte `key` (SQLCipher 4 format) and makes sure that every setting that
 * protects it took effect: an unknown pragma answers nothing, so each is read back.
 * @throws AppError `vault/missing-database`, `vault/in-use`, `vault/damaged`
 */
export function openDatabase(file: string, key: Uint8Array, mode: 'create' | 'open'): WritableDb {
  const db = connect(file, mode);
  try {
    unlock(db, key);
    protect(db);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    // A full disk is no damage.
    if (explained(error) instanceof AppError) throw explained(error);
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw new AppError(
        'vault/in-use',
        'This vault is open in another Redoubt. Close it there first; nothing was changed.',
        {},
        { cause: error },
      );
    throw new AppError(
      'vault/damaged',
      'The vault database cannot be read: it is damaged or belongs to another vault. Nothing was changed. Restore a backup.',
      {},
      { cause: error },
    );
  }
}

/**
 * A second connection of this process (of any thread) to a database file that is open already and held still
 * (`still-file.ts`): it takes no lock, looks into no write-ahead log, and cannot write. Pages are checked as ever.
 * @throws what SQLite throws, and where the file cannot be opened that way
 */
export function openStillFile(file: string, key: Uint8Array): WritableDb {
  const db = new Database(`${pathToFileURL(file).href}?immutable=1`, { readonly: true, fileMustExist: true });
  try {
    unlock(db, key);
    set(db, 'trusted_schema', 0);
    set(db, 'cell_size_check', 1);
    // It is read once, from end to end (KiB).
    set(db, 'cache_size', -2_048);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function unlock(db: WritableDb, key: Uint8Array): void {
  db.pragma("cipher='sqlcipher'");
  db.pragma('legacy=4');
  withRawKey(key, (raw) => (db as Keyed).key(raw));
}

/** Sets every setting that protects an open database, and reads each back. */
export function protect(db: WritableDb): void {
  for (const [pragma, value] of settings) set(db, pragma, value);
  if (process.platform === 'darwin') set(db, 'checkpoint_fullfsync', 1);
}

/** Gives `work` the key, and the salt where there is one, in the form SQLCipher takes for raw keys, and wipes it. */
export function withRawKey<T>(key: Uint8Array, work: (raw: Buffer) => T, salt: Uint8Array = new Uint8Array()): T {
  const raw = Buffer.from(`x'${Buffer.concat([key, salt]).toString('hex')}'`);
  try {
    return work(raw);
  } finally {
    raw.fill(0);
  }
}

function connect(file: string, mode: 'create' | 'open'): WritableDb {
  try {
    return new Database(file, { fileMustExist: mode === 'open', timeout: 2_000 });
  } catch (error) {
    throw new AppError(
      'vault/missing-database',
      'The vault database file is missing or cannot be opened. Nothing was changed. Restore a backup.',
      {},
      { cause: error },
    );
  }
}

export function set(db: WritableDb, pragma: string, value: string | number): void {
  db.pragma(`${pragma}=${value}`);
  const now: unknown = db.pragma(pragma, { simple: true });
  if (now !== value)
    throw new AppError('vault/unsafe-setting', `The database did not accept the setting ${pragma}. The vault stays closed.`, { pragma });
}

/** Has the log go to the file when it holds about so many bytes, where that is less than it holds usually. */
export function checkpointWithin(db: WritableDb, bytes: number): void {
  const pages = Math.floor(bytes / Number(db.pragma('page_size', { simple: true })));
  set(db, 'wal_autocheckpoint', Math.max(16, Math.min(logPages, pages)));
}

/** Bytes of pages that hold nothing any more; the file does not give them back. */
export function unusedBytes(db: WritableDb): number {
  return Number(db.pragma('freelist_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
}

/** What all pages of the database take, also those that stand in the log only. */
export function databaseBytes(db: WritableDb): number {
  return Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
}

/** By how much the file grows when everything that the write-ahead log holds is in it. */
export function unwrittenBytes(db: WritableDb): number {
  return Math.max(0, databaseBytes(db) - (statSync(db.name, { throwIfNoEntry: false })?.size ?? 0));
}

/** When the vault was opened the last time; null where it was closed in order since. */
export function openedSince(db: WritableDb): number | null {
  return (db.prepare('SELECT open_since FROM vault').pluck().get() as number | null | undefined) ?? null;
}

/** Whether the whole database must be checked: a check that is due already stays due unless it was `done`. */
export type CheckDue = 'due' | 'done' | 'unchanged';

/** Notes that the vault is open. */
export function beginUse(db: WritableDb, now: number, check: CheckDue): void {
  const checkedPages = { due: '0', done: 'NULL', unchanged: 'checked_pages' }[check];
  db.prepare(`UPDATE vault SET open_since = ?, checked_pages = ${checkedPages}`).run(now);
}

/** Notes that the vault is closed in order, and what its files take. */
export function endUse(db: WritableDb, blobs: { bytes: number; count: number }, isExact: boolean): void {
  db.prepare('UPDATE vault SET open_since = NULL, blob_bytes = ?, blob_count = ?, blobs_counted = ?').run(
    blobs.bytes,
    blobs.count,
    isExact ? 1 : 0,
  );
}
