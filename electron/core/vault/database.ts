import Database from 'better-sqlite3';
import { AppError } from '../errors.ts';

/** The open, encrypted database. Only repositories hold it. */
export type WritableDb = Database.Database;

/** What the encrypted build adds to the better-sqlite3 API. */
type Keyed = WritableDb & { key(key: Buffer): number };

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
];

/**
 * Opens the database file with the raw 32-byte `key` (SQLCipher 4 format) and makes sure that every setting that
 * protects it took effect: an unknown pragma answers nothing, so each is read back.
 * @throws AppError `vault/missing-database`, `vault/in-use`, `vault/damaged`
 */
export function openDatabase(file: string, key: Uint8Array, mode: 'create' | 'open'): WritableDb {
  const db = connect(file, mode);
  try {
    db.pragma("cipher='sqlcipher'");
    db.pragma('legacy=4');
    const raw = Buffer.from(`x'${Buffer.from(key).toString('hex')}'`);
    (db as Keyed).key(raw);
    raw.fill(0);
    for (const [pragma, value] of settings) set(db, pragma, value);
    if (process.platform === 'darwin') set(db, 'checkpoint_fullfsync', 1);
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    if (error instanceof AppError) throw error;
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

function set(db: WritableDb, pragma: string, value: string | number): void {
  db.pragma(`${pragma}=${value}`);
  const now: unknown = db.pragma(pragma, { simple: true });
  if (now !== value)
    throw new AppError('vault/unsafe-setting', `The database did not accept the setting ${pragma}. The vault stays closed.`, { pragma });
}

/**
 * Notes that the vault is open. If it was not closed in order the last time, SQLite checks the structure of every page
 * first (5 s per GB). Returns whether it was closed in order.
 * @throws AppError `vault/damaged`
 */
export function beginUse(db: WritableDb): boolean {
  const unclean = db.prepare('SELECT 1 FROM vault WHERE open_since IS NOT NULL').get() !== undefined;
  if (unclean && db.pragma('quick_check', { simple: true }) !== 'ok')
    throw new AppError('vault/damaged', 'The vault database is damaged inside. Nothing was changed. Restore a backup.');
  db.prepare('UPDATE vault SET open_since = ?').run(Date.now());
  return !unclean;
}

/** Notes that the vault is closed in order. */
export function endUse(db: WritableDb): void {
  db.prepare('UPDATE vault SET open_since = NULL').run();
}
