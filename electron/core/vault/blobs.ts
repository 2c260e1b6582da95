import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { syncFolder, writeFileAtomic } from './atomic-file.ts';

const magic = Buffer.from('RBLOB1');
const chunkBytes = 1024 * 1024;
const nonceBytes = 12;
const tagBytes = 16;
const wrappedKeyBytes = nonceBytes + 32 + tagBytes;

/**
 * Encrypted, content-addressed files beside the database. An id is a keyed hash of the content (equal content is
 * stored once, and the name says nothing to who has no key). Each blob has its own random key, wrapped by the blob
 * sub-key; the content is AES-256-GCM in chunks, each bound to its blob, place and whether it is the last.
 *
 * Layout: magic, wrapped key, then per chunk nonce, ciphertext, tag.
 */
export class Blobs {
  readonly #folder: string;
  readonly #key: Buffer;
  readonly #nameKey: Buffer;

  /** Takes over both keys and wipes them at `close`. */
  constructor(folder: string, key: Buffer, nameKey: Buffer) {
    this.#folder = folder;
    this.#key = key;
    this.#nameKey = nameKey;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** Stores `bytes` durably before it returns; returns the id. */
  put(bytes: Uint8Array): string {
    const id = createHmac('sha256', this.#nameKey).update(bytes).digest('hex');
    if (existsSync(this.#path(id))) return id;
    const folder = join(this.#folder, id.slice(0, 2));
    if (!existsSync(folder)) {
      mkdirSync(folder, { mode: 0o700 });
      syncFolder(this.#folder);
    }
    const key = randomBytes(32);
    try {
      const parts = [magic, this.#seal(this.#key, key, id)];
      const count = Math.max(1, Math.ceil(bytes.length / chunkBytes));
      for (let index = 0; index < count; index += 1)
        parts.push(
          this.#seal(key, bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes), chunkContext(id, index, index === count - 1)),
        );
      writeFileAtomic(this.#path(id), Buffer.concat(parts));
    } finally {
      key.fill(0);
    }
    return id;
  }

  /** @throws AppError `vault/blob-missing`, `vault/blob-damaged` */
  get(id: string): Uint8Array {
    const path = this.#path(id);
    let raw: Buffer;
    try {
      raw = readFileSync(path);
    } catch (error) {
      throw new AppError(
        'vault/blob-missing',
        'A file of the vault is missing on disk. Restore it from a backup.',
        { blob: id },
        { cause: error },
      );
    }
    try {
      return this.#open(id, raw);
    } catch (error) {
      throw new AppError(
        'vault/blob-damaged',
        'A file of the vault was damaged or changed on disk. Restore it from a backup.',
        { blob: id },
        { cause: error },
      );
    }
  }

  /** Removes the content; a missing one is no error. */
  remove(id: string): void {
    rmSync(this.#path(id), { force: true });
  }

  /** Removes every blob that `isReferred` does not know (left behind by a crash between file and row). Returns their number. */
  sweep(isReferred: (id: string) => boolean): number {
    let removed = 0;
    for (const folder of readdirSync(this.#folder, { withFileTypes: true })) {
      // A file manager may have left files of its own here; they are not ours to remove.
      if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
      for (const entry of readdirSync(join(this.#folder, folder.name), { withFileTypes: true })) {
        if (!entry.isFile() || isReferred(folder.name + entry.name)) continue;
        rmSync(join(this.#folder, folder.name, entry.name), { force: true });
        removed += 1;
      }
    }
    return removed;
  }

  close(): void {
    this.#key.fill(0);
    this.#nameKey.fill(0);
  }

  #open(id: string, raw: Buffer): Uint8Array {
    if (!raw.subarray(0, magic.length).equals(magic)) throw new Error('bad magic');
    let at = magic.length + wrappedKeyBytes;
    const key = this.#unseal(this.#key, raw.subarray(magic.length, at), id);
    try {
      const parts: Buffer[] = [];
      for (let index = 0; at < raw.length; index += 1) {
        const end = Math.min(at + nonceBytes + chunkBytes + tagBytes, raw.length);
        parts.push(this.#unseal(key, raw.subarray(at, end), chunkContext(id, index, end === raw.length)));
        at = end;
      }
      if (parts.length === 0) throw new Error('no chunk');
      return Buffer.concat(parts);
    } finally {
      key.fill(0);
    }
  }

  #seal(key: Uint8Array, plain: Uint8Array, context: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  #unseal(key: Uint8Array, sealed: Buffer, context: string): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
  }

  #path(id: string): string {
    if (!/^[0-9a-f]{64}$/.test(id)) throw new AppError('vault/bad-blob-id', 'This is no name of a stored file.');
    return join(this.#folder, id.slice(0, 2), id.slice(2));
  }
}

function chunkContext(id: string, index: number, last: boolean): string {
  return `${id}:${index}:${last ? 'last' : 'more'}`;
}
