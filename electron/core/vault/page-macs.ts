import { createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { fstatSync, readSync } from 'node:fs';
import { heldHandle } from './held-file.ts';

// The page format of SQLCipher 4: ciphertext, IV (16 bytes), HMAC-SHA-512 over both and the page number (little endian).
export const pageBytes = 4096;
const saltBytes = 16;
const macBytes = 64;

/**
 * Checks pages of a closed or open SQLCipher 4 database by their own MACs, without SQLite: a page that was torn, cut,
 * moved or changed does not pass. It reads only, so that it may be tried with a wrong key. A page that was never
 * written is all zeros and passes.
 */
export class PageMacs {
  readonly #handle: number;
  readonly #macKey: Buffer;

  /** @param databaseKey the raw key of the database, which stays the caller's */
  constructor(file: string, databaseKey: Uint8Array) {
    this.#handle = heldHandle(file);
    const salt = Buffer.alloc(saltBytes);
    readSync(this.#handle, salt, 0, saltBytes, 0);
    this.#macKey = pbkdf2Sync(
      databaseKey,
      salt.map((byte) => byte ^ 0x3a),
      2,
      32,
      'sha512',
    );
  }

  /** Whole pages of the file as it is now. */
  get count(): number {
    return Math.floor(fstatSync(this.#handle).size / pageBytes);
  }

  /** Numbers of the pages, among `count` from number `first` (the first of all is 1), that do not pass. */
  bad(first: number, count: number): number[] {
    const bytes = Buffer.allocUnsafe(count * pageBytes);
    const read = readSync(this.#handle, bytes, 0, bytes.length, (first - 1) * pageBytes);
    const found: number[] = [];
    for (let index = 0; (index + 1) * pageBytes <= read; index += 1) {
      const page = bytes.subarray(index * pageBytes, (index + 1) * pageBytes);
      if (!this.#passes(page, first + index) && !isEmpty(page)) found.push(first + index);
    }
    return found;
  }

  /** True where a page among the first `count` is one that this key wrote. */
  isOurs(count: number): boolean {
    const bytes = Buffer.alloc(count * pageBytes);
    const read = readSync(this.#handle, bytes, 0, bytes.length, 0);
    for (let index = 0; (index + 1) * pageBytes <= read; index += 1)
      if (this.#passes(bytes.subarray(index * pageBytes, (index + 1) * pageBytes), index + 1)) return true;
    return false;
  }

  /** The file stays open: see `held-file.ts`. */
  wipe(): void {
    this.#macKey.fill(0);
  }

  #passes(page: Buffer, number: number): boolean {
    const place = Buffer.alloc(4);
    place.writeUInt32LE(number);
    const mac = createHmac('sha512', this.#macKey)
      .update(page.subarray(number === 1 ? saltBytes : 0, pageBytes - macBytes))
      .update(place)
      .digest();
    return timingSafeEqual(mac, page.subarray(pageBytes - macBytes));
  }
}

function isEmpty(page: Buffer): boolean {
  return page.every((byte) => byte === 0);
}
