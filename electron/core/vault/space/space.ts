import { join } from 'node:path';
import type { StorageState } from '../../contract/vault.ts';
import { AppError, explained, isDiskFull } from '../../errors.ts';
import { Ballast } from './ballast.ts';
import { diskOf, fileBytes, folderBytes } from './disk.ts';
import { roomMaking } from './room-making.ts';

const mib = 1024 * 1024;
/** The ballast of a disk that is not small. */
const ballastBytes = 64 * mib;
/** Of a small one, it takes no more than this part. */
const ballastPart = 1 / 16;
/** What ordinary work leaves, as a part of the ballast. */
const margin = 1 / 8;

export type Taken = { readonly databaseBytes: number; readonly blobBytes: number; readonly blobCount: number };
type Counted = Omit<Taken, 'databaseBytes'> & {
  /** Pages of the database that hold nothing any more: what is written next goes there, and the file does not grow. */
  readonly unusedBytes?: number;
};

/**
 * The room the vault has. Ordinary work stops before the disk or the quota is full; what makes room again, and the
 * audit, closing and opening, may use what is left, and when that is gone the ballast is given up for them.
 */
export class Space {
  readonly #folder: string;
  readonly #ballast: Ballast;
  readonly #taken: () => Taken;
  readonly #unusedBytes: () => number;
  #quotaBytes: () => number = () => 0;
  #lastActAt = performance.now();

  /** `taken` is asked at each write and must be cheap. */
  constructor(folder: string, taken: () => Counted) {
    this.#folder = folder;
    this.#ballast = new Ballast(join(folder, 'ballast'));
    const database = join(folder, 'vault.db');
    this.#taken = () => {
      const { blobBytes, blobCount } = taken();
      return { databaseBytes: fileBytes(database) + fileBytes(`${database}-wal`), blobBytes, blobCount };
    };
    this.#unusedBytes = () => taken().unusedBytes ?? 0;
  }

  /** Where to ask for the bytes that the vault may take; 0: as many as there are. */
  limitBy(quotaBytes: () => number): void {
    this.#quotaBytes = quotaBytes;
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
  admit(bytes: number): void {
    const { freeBytes, totalBytes } = diskOf(this.#folder);
    const wanted = wantedBallast(totalBytes);
    const kept = wanted * margin + (this.#ballast.bytes > 0 ? 0 : wanted);
    if (freeBytes - bytes < kept) throw full();
    const quotaBytes = this.#quotaBytes();
    if (quotaBytes === 0) return;
    const { databaseBytes, blobBytes } = this.#taken();
    const taken = databaseBytes - this.#unusedBytes() + blobBytes + this.#models();
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
    if (roomMaking.has(action)) return this.rescued(work);
    this.admit(0);
    return work();
  }

  /** Runs work that must succeed on a full disk too; it is run again after the ballast was given up for it. */
  rescued<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isDiskFull(error) || !this.#ballast.release()) throw error;
      return work();
    }
  }

  /** Makes the ballast, or makes it again, where there is room for twice of it. */
  async refill(signal?: AbortSignal): Promise<void> {
    const { freeBytes, totalBytes } = diskOf(this.#folder);
    const wanted = wantedBallast(totalBytes);
    if (this.#ballast.bytes > 0 || freeBytes < 2 * wanted) return;
    await this.#ballast.fill(wanted, signal).catch((error: unknown) => {
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

function full(): unknown {
  return explained(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
}
