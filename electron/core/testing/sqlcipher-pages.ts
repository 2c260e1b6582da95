import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

const pageSize = 4096;
const saltBytes = 16;
const ivBytes = 16;
const macBytes = 64;

/**
 * Decrypts a whole database file of SQLCipher 4 with its raw key, written from SQLCipher's design document and nothing
 * else: AES-256-CBC, an IV and an HMAC-SHA-512 in each page's reserve, the MAC's key by PBKDF2 from key and salt.
 */
export function decryptSqlcipher4(file: Buffer, key: Buffer): Buffer {
  const salt = file.subarray(0, saltBytes);
  const macSalt = Buffer.from(salt.map((byte) => byte ^ 0x3a));
  const macKey = pbkdf2Sync(key, macSalt, 2, 32, 'sha512');
  const pages: Buffer[] = [];
  for (let at = 0; at < file.length; at += pageSize) {
    const number = at / pageSize + 1;
    const page = file.subarray(at, at + pageSize);
    const start = number === 1 ? saltBytes : 0;
    const end = pageSize - ivBytes - macBytes;
    const iv = page.subarray(end, end + ivBytes);
    const counter = Buffer.alloc(4);
    counter.writeUInt32LE(number);
    const mac = createHmac('sha512', macKey).update(page.subarray(start, end)).update(iv).update(counter).digest();
    if (!timingSafeEqual(mac, page.subarray(end + ivBytes))) throw new Error(`page ${number} is not of this key`);
    const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(page.subarray(start, end)), decipher.final()]);
    const header = number === 1 ? Buffer.from('SQLite format 3\0') : Buffer.alloc(0);
    pages.push(Buffer.concat([header, plain, page.subarray(end)]));
  }
  return Buffer.concat(pages);
}
