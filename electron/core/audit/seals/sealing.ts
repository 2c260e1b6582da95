import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { newestEpoch } from '../../vault/key-ring.ts';
import { noLogKey, unwrapLogKey, wrapLogKey, type LogStorage } from '../log-keys.ts';
import type { Hash } from '../merkle.ts';
import { noSeal, rawOf, sealHash, signSeal, signStart } from './seal.ts';
import { SealsRepository } from './seals.repository.ts';

/** An epoch ends after so many leaves, if nobody asks for a seal before. */
export const leavesPerEpoch = 1024;

/**
 * Forward-secure sealing: each epoch of the log ends with exactly one seal, signed by a key that exists only as long as
 * its epoch. Who takes over the vault later can no longer sign for an epoch that is over.
 */
export class Sealing {
  readonly #storage: LogStorage;
  readonly #origin: string;
  readonly #seals: SealsRepository;

  constructor(storage: LogStorage, origin: string) {
    this.#storage = storage;
    this.#origin = origin;
    this.#seals = new SealsRepository(storage.db);
  }

  /** Makes the key of the first epoch, bound by the log's key. */
  begin(logKey: KeyObject): void {
    const first = this.#newKey(0);
    this.#seals.addStart(first.publicKey, signStart(this.#origin, first.publicKey, logKey));
    this.#seals.addKey(0, first.key);
  }

  /** Must the epoch end with this leaf? */
  isDue(size: number): boolean {
    return size - this.#seals.sealedSize() >= leavesPerEpoch;
  }

  /**
   * Ends the epoch: signs the head, makes the key of the next epoch and destroys this one's; false where no leaf was
   * written since the last seal. Inside a transaction.
   * @throws AppError `audit/no-key`
   */
  seal({ size, root }: { size: number; root: Hash }, at: number): boolean {
    if (size <= this.#seals.sealedSize()) return false;
    const stored = this.#seals.key();
    if (!stored) throw noLogKey();
    const { epoch } = stored;
    const last = this.#seals.newest();
    const next = this.#newKey(epoch + 1);
    const previous = last ? sealHash(this.#origin, last) : noSeal;
    const key = this.#open(epoch, stored.key);
    this.#seals.add(signSeal(this.#origin, { epoch, at, size, root, previous, nextKey: next.publicKey }, key));
    this.#seals.replaceKey(epoch + 1, next.key);
    return true;
  }

  /** Puts the key of the open epoch under the newest vault key. */
  rewrap(): void {
    const stored = this.#seals.key();
    if (!stored || stored.key.epoch === newestEpoch(this.#storage.ring)) return;
    const key = unwrapLogKey(this.#storage, this.#name(stored.epoch), stored.key);
    this.#seals.replaceKey(stored.epoch, wrapLogKey(this.#storage, this.#name(stored.epoch), key));
    key.fill(0);
  }

  /** The epoch that is open and its raw public key, or null where its key is missing or cannot be opened. */
  open(): { epoch: number; publicKey: Uint8Array } | null {
    const stored = this.#seals.key();
    if (!stored) return null;
    try {
      return { epoch: stored.epoch, publicKey: rawOf(this.#open(stored.epoch, stored.key)) };
    } catch {
      return null;
    }
  }

  #newKey(epoch: number) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const der = privateKey.export({ format: 'der', type: 'pkcs8' });
    const key = wrapLogKey(this.#storage, this.#name(epoch), der);
    der.fill(0);
    return { publicKey: rawOf(publicKey), key };
  }

  #open(epoch: number, wrapped: Parameters<typeof unwrapLogKey>[2]): KeyObject {
    const key = unwrapLogKey(this.#storage, this.#name(epoch), wrapped);
    try {
      return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
    } finally {
      key.fill(0);
    }
  }

  #name(epoch: number): string {
    return `${this.#origin}/seal/${epoch}`;
  }
}
