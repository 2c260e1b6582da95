import { isDiskFull } from '../errors.ts';
import type { WritableDb } from './database.ts';
import { rescued } from './space/room.ts';

/** Databases whose log could not be emptied. */
const waiting = new WeakSet<WritableDb>();

/**
 * Brings everything into the database file and empties the write-ahead log. Deleted rows are overwritten in the file
 * (`secure_delete`), but the log still holds the pages as they were before. False where the disk is too full for it: the
 * log is emptied as soon as there is room (`emptyWhatWaits`), at the latest when the vault closes.
 */
export function emptyWriteAheadLog(db: WritableDb): boolean {
  try {
    rescued(db, () => db.pragma('wal_checkpoint(TRUNCATE)'));
    waiting.delete(db);
    return true;
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    waiting.add(db);
    return false;
  }
}

/** Empties a log that a full disk kept from it before. */
export function emptyWhatWaits(db: WritableDb): void {
  if (waiting.has(db)) emptyWriteAheadLog(db);
}

/** Empties the log where that is possible now, with the room there is: not inside a transaction or beside a statement that is still read. */
export function tryEmptyWriteAheadLog(db: WritableDb): void {
  // A backup that reads the file has stopped the automatic ones.
  if (db.inTransaction || db.pragma('wal_autocheckpoint', { simple: true }) === 0) return;
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!isDiskFull(error) && !/^SQLITE_(BUSY|LOCKED)/.test(String((error as { code?: unknown }).code))) throw error;
  }
}
