import type { WritableDb } from '../database.ts';

/** What asks for room before something is written to a database. */
export type Room = {
  /**
   * `written`: so many of the bytes are on the disk already, and no quota knows them yet.
   * @throws AppError `vault/disk-full`, `vault/quota-reached` where ordinary work may not write `bytes`
   */
  admit(bytes: number, written?: number): void;
  /** Whatever is written while `work` runs may use the last room there is. */
  necessarily<T>(work: () => T): T;
  /** The same, and where the disk is full `work` is run again after some of the ballast was given up. */
  rescued<T>(work: () => T): T;
  /** Runs a transaction that is about to change something. */
  transaction<T>(work: () => T): T;
  /** Asked inside that transaction, once it has changed something. No quota ends what goes on in the background. @throws AppError `vault/disk-full` */
  allow(): void;
  /** Is there room on the disk for `bytes` of ordinary work? */
  holds(bytes: number): boolean;
};

const rooms = new WeakMap<WritableDb, Room>();

/** From now on what is written to `db` asks `room`. */
export function limitRoom(db: WritableDb, room: Room): void {
  rooms.set(db, room);
}

export function roomOf(db: WritableDb): Room | undefined {
  return rooms.get(db);
}

/**
 * Runs synchronous work that must be written on a full disk too: what opens, closes, ends, releases or notes something.
 * Everything else that is written to the database is ordinary, and refused while there is still room for this.
 */
export function necessarily<T>(db: WritableDb, work: () => T): T {
  const room = rooms.get(db);
  return room ? room.necessarily(work) : work();
}

/** The same; where the disk is full, `work` is run again after some of the ballast was given up for it. */
export function rescued<T>(db: WritableDb, work: () => T): T {
  const room = rooms.get(db);
  return room ? room.rescued(work) : work();
}

/** True where the disk has no room for so many bytes of ordinary work. */
export function noRoom(db: WritableDb, bytes = 0): boolean {
  return rooms.get(db)?.holds(bytes) === false;
}
