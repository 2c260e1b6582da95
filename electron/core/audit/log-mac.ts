import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { Hash } from './merkle.ts';

const hashBytes = 32;

/** HMAC-SHA-256 under a key that follows from the log's private key: only who can sign for the log can make one. */
export class LogMac {
  readonly #origin: string;
  readonly #key: KeyObject;

  constructor(origin: string, privateKey: KeyObject, purpose: 'head' | 'terms') {
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
    const key = Buffer.from(hkdfSync('sha256', secret, origin, `redoubt/1/audit-${purpose}`, 32));
    this.#origin = origin;
    this.#key = createSecretKey(key);
    for (const each of [secret, key]) each.fill(0);
  }

  /** Over a number, a hash of the tree and what belongs to them. */
  of(number: number, root: Hash, bytes: Uint8Array): Buffer {
    return createHmac('sha256', this.#key).update(`${this.#origin}\n${number}\n`).update(root).update(bytes).digest();
  }

  /** A root of another length could have taken bytes of what follows it. */
  fits(mac: Uint8Array, number: number, root: Hash, bytes: Uint8Array): boolean {
    if (root.length !== hashBytes) return false;
    const own = this.of(number, root, bytes);
    return mac.length === own.length && timingSafeEqual(mac, own);
  }
}
