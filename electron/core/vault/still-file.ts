import type { WritableDb } from './database.ts';

/** Databases whose file somebody reads, by how many, and how many pages their logs hold otherwise. */
const held = new WeakMap<WritableDb, { readers: number; readonly logPages: number }>();

/**
 * While somebody reads the database file itself, what is written stays in the write-ahead log; the function that is
 * returned ends that. Who empties the log all the same (deleted content must leave it at once) changes the file.
 */
export function holdStill(db: WritableDb): () => void {
  const hold = held.get(db) ?? { readers: 0, logPages: Number(db.pragma('wal_autocheckpoint', { simple: true })) };
  held.set(db, hold);
  hold.readers += 1;
  db.pragma('wal_autocheckpoint=0');
  let isOver = false;
  return () => {
    if (isOver) return;
    isOver = true;
    hold.readers -= 1;
    if (hold.readers > 0) return;
    held.delete(db);
    if (db.open) db.pragma(`wal_autocheckpoint=${hold.logPages}`);
  };
}

/**
 * Brings everything that is committed into the file and holds it still. Null where that cannot be just now: inside a
 * transaction, on a full disk, or while somebody else reads the file as it was before.
 */
export function stillAsNow(db: WritableDb): (() => void) | null {
  if (held.has(db) || db.inTransaction || db.memory) return null;
  try {
    const [checkpoint] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return checkpoint?.busy === 0 ? holdStill(db) : null;
  } catch {
    return null;
  }
}
