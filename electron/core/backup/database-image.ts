import { fstatSync, read, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { AppError } from '../errors.ts';
import type { WritableDb } from '../vault/database.ts';
import { heldHandle } from '../vault/held-file.ts';
import { rescued } from '../vault/space/room.ts';
import { holdStill } from '../vault/still-file.ts';

const readAt = promisify(read);
/** SQLite keeps its locks here and never uses the page; Windows lets nobody else read it. */
const lockByte = 2 ** 30;
const lockPage = 4096;

/** The database file as it stood at one moment. Writing goes on meanwhile. */
export type FrozenDatabase = {
  readonly size: number;
  /** Fills `buffer` from `position` (within `size`). */
  read(buffer: Uint8Array, position: number): Promise<void>;
  /** Lets the file change again. False: it changed in spite of all, so what was read is no one moment. */
  release(): boolean;
};

/**
 * Copies of an open database that hold nobody up: everything committed is brought into the file, which SQLite then leaves
 * alone, because what is written meanwhile goes to the write-ahead log. The copy is ciphertext under the database's key.
 */
export class DatabaseImage {
  readonly #db: WritableDb;
  readonly #file: string;

  constructor(db: WritableDb, file: string) {
    this.#db = db;
    this.#file = file;
  }

  /** @throws AppError `backup/vault-busy` */
  freeze(): FrozenDatabase {
    const [checkpoint] = rescued(this.#db, () => this.#db.pragma('wal_checkpoint(TRUNCATE)')) as { busy: number }[];
    if (checkpoint?.busy !== 0)
      throw new AppError('backup/vault-busy', 'The vault is too busy for a backup just now. Nothing was stored. Try again.');
    const handle = heldHandle(this.#file);
    const size = fstatSync(handle).size;
    const stamp = this.#stamp();
    // Last: nobody would end it where one of those fails (too many open files), and the log would grow for ever.
    const changeAgain = holdStill(this.#db);
    return {
      size,
      read: (buffer, position) => this.#read(handle, buffer, position),
      release: () => {
        changeAgain();
        return this.#stamp() === stamp;
      },
    };
  }

  #stamp(): string {
    const { ino, size, mtimeNs } = statSync(this.#file, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  }

  async #read(handle: number, buffer: Uint8Array, position: number): Promise<void> {
    const end = position + buffer.length;
    const hasLockPage = position < lockByte + lockPage && end > lockByte;
    const parts: [from: number, to: number][] = hasLockPage
      ? [
          [position, Math.max(position, lockByte)],
          [Math.min(end, lockByte + lockPage), end],
        ]
      : [[position, end]];
    if (hasLockPage) buffer.fill(0);
    for (const [from, to] of parts)
      for (let at = from; at < to;) {
        const { bytesRead } = await readAt(handle, buffer, at - position, to - at, at);
        if (bytesRead === 0) throw new Error('the database file is shorter than it was');
        at += bytesRead;
      }
  }
}
