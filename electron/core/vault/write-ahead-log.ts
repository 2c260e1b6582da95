import type { WritableDb } from './database.ts';

/**
 * Brings everything into the database file and empties the write-ahead log. Deleted rows are overwritten in the file
 * (`secure_delete`), but the log still holds the pages as they were before.
 */
export function emptyWriteAheadLog(db: WritableDb): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}
