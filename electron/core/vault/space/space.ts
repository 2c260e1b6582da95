import { join } from 'node:path';
import type { StorageState } from '../../contract/vault.ts';
import { AppError, explained, isDiskFull } from '../../errors.ts';
import { Ballast } from './ballast.ts';
import { diskOf, fileBytes, folderBytes } from './disk.ts';
import type { Room } from './room.ts';
import { roomMaking } from './room-making.ts';

const mib = 1024 * 1024;
/** The ballast of a disk that is not small. */
const ballastBytes = 64 * mib;
/** Of a small one, it takes no more than this part. */
const ballastPart = 1 / 16;
/** What ordinary work leaves, as a part of the ballast. */
const margin = 1 / 8;
/** Of the ballast so much is given up first; where that does not do, twice of it, and so on. */
const firstStep = 64 * 1024;

export type Taken = { readonly databaseBytes: number; readonly blobBytes: number; readonly blobCount: number };
type Counted = Omit<Taken, 'databaseBytes'> & {
  /** Pages of the database that hold nothing any more: what is written next goes there, and the file does not grow. */
  readonly unusedBytes?: number;
  /** By so much the file grows when what the write-ahead log holds is brought into it. */
  readonly unwrittenBytes?: number;
};

/** Brings what the write-ahead log holds into the file and empties it, where that is possible now. */
type EmptyLog = () => void;

/**
 * The room the vault has. Ordinary work stops before the disk or the quota is full; what makes room again, and the
 * audit, closing and opening, may use what is left, and when that is gone the ballast is given up for them.
 */
export class Space implements Room {
  readonly #folder: string;
  readonly #ballast: Ballast;
  readonly #taken: () => Taken;
  readonly #counted: () => Counted;
  readonly #emptyLog: EmptyLog;
  readonly #log: string;
  #quotaBytes: () => number = () => 0;
  #lastActAt = performance.now();
  #isNecessary = false;
  #unwrittenBefore = 0;

  /** `taken` is asked at each write and must be cheap. */
  constructor(folder: string, taken: () => Counted, emptyLog: EmptyLog = () => undefined) {
    this.#folder = folder;
    this.#ballast = new Ballast(join(folder, 'ballast'));
    const database = join(folder, 'vault.db');
    this.#taken = () => {
      const { blobBytes, blobCount } = taken();
      return { databaseBytes: fileBytes(database) + fileBytes(`${database}-wal`), blobBytes, blobCount };
    };
    this.#counted = taken;
    this.#emptyLog = emptyLog;
    this.#log = `${database}-wal`;
  }

  /** Where to ask for the bytes that the vault may take; 0: as many as there are. */
  limitBy(quotaBytes: () => number): void {
    this.#quotaBytes = quotaBytes;
  }

  /** What the ballast should be, bytes. */
  get ballastGoal(): number {
    return wantedBallast(diskOf(this.#folder).totalBytes);
  }

  /** How long ago the last act was, ms. */
  get quietMs(): number {
    return performance.now() - this.#lastActAt;
  }

  state(): Omit<StorageState, 'check'> {
    const { freeBytes } = diskOf(this.#folder);
    return { ...this.#taken(), modelBytes: this.#models(), freeBytes, quotaBytes: this.#quotaBytes(), ballastBytes: this.#ballast.bytes };
  }

  /**
   * Lets ordinary work write `bytes` more, or nothing at all if there is no room to lose.
   * @throws AppError `vault/disk-full`, `vault/quota-reached`
   */
  admit(bytes: number, written = 0): void {
    if (!this.holds(bytes - written)) throw full();
    this.#requireQuota(bytes);
  }

  holds(bytes: number): boolean {
    if (this.#spare() >= bytes) return true;
    // What the log holds may take its room twice.
    if (fileBytes(this.#log) > 0) this.#emptyLog();
    return this.#spare() >= bytes;
  }

  /** A transaction that makes the file grow takes that in the log first. */
  allow(): void {
    if (!this.#isNecessary && this.#spare() < Math.max(0, this.#unwritten() - this.#unwrittenBefore)) throw full();
  }

  transaction<T>(work: () => T): T {
    if (this.#isNecessary) return this.rescued(work);
    this.holds(0);
    this.#unwrittenBefore = this.#unwritten();
    return work();
  }

  /** What ordinary work may still take; the ballast that is not there yet is kept free for it. */
  #spare(): number {
    const { freeBytes, totalBytes } = diskOf(this.#folder);
    const wanted = wantedBallast(totalBytes);
    return freeBytes - wanted * margin - Math.max(0, wanted - this.#ballast.bytes) - this.#unwritten();
  }

  #unwritten(): number {
    return this.#counted().unwrittenBytes ?? 0;
  }

  #requireQuota(bytes: number): void {
    const quotaBytes = this.#quotaBytes();
    if (quotaBytes === 0) return;
    const { databaseBytes, blobBytes } = this.#taken();
    const taken = databaseBytes - (this.#counted().unusedBytes ?? 0) + blobBytes + this.#models();
    if (taken + bytes <= quotaBytes) return;
    throw new AppError(
      'vault/quota-reached',
      'The vault has reached the size it may take on disk, so this was not stored. Remove what is not needed any more, or let an administrator raise the limit.',
      { quotaBytes, takenBytes: taken },
    );
  }

  /** Runs the transaction of an act: an ordinary one only where there is room, one that makes room whatever it takes. */
  transact<T>(action: string, work: () => T): T {
    this.#lastActAt = performance.now();
    if (this.#isNecessary || roomMaking.has(action)) return this.rescued(work);
    this.admit(0);
    return work();
  }

  /** Runs work that must succeed on a full disk too; it is run again after a part of the ballast was given up for it. */
  rescued<T>(work: () => T): T {
    for (let step = firstStep; ; step *= 2) {
      try {
        return this.necessarily(work);
      } catch (error) {
        if (!isDiskFull(error) || refusals.has(error as object) || !this.#ballast.release(step)) throw error;
      }
    }
  }

  necessarily<T>(work: () => T): T {
    const before = this.#isNecessary;
    this.#isNecessary = true;
    try {
      return work();
    } finally {
      this.#isNecessary = before;
    }
  }

  /** Makes the ballast as large as it should be, or as there is room for. */
  async refill(signal?: AbortSignal): Promise<void> {
    const { freeBytes, totalBytes } = diskOf(this.#folder);
    const wanted = wantedBallast(totalBytes);
    const { bytes } = this.#ballast;
    const possible = Math.floor(Math.min(wanted, bytes + freeBytes - wanted * margin - this.#unwritten()));
    if (possible <= bytes || (possible < wanted && possible - bytes < firstStep)) return;
    await this.#ballast.fill(possible, signal).catch((error: unknown) => {
      if (!isDiskFull(error) && !signal?.aborted) throw error;
    });
  }

  #models(): number {
    return folderBytes(join(this.#folder, 'models'));
  }
}

function wantedBallast(totalBytes: number): number {
  return Math.floor(Math.min(ballastBytes, totalBytes * ballastPart));
}

/** What was refused although there is some room: no ballast is given up for that. */
const refusals = new WeakSet();

function full(): unknown {
  const refusal = explained(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
  refusals.add(refusal as object);
  return refusal;
}
