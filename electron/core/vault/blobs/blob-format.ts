import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * A blob on disk: magic, key epoch (u32, big endian), the blob's own random key wrapped under the blob sub-key of that
 * epoch (nonce, key, tag; bound to magic, epoch and id), then the content in chunks of one MiB, each AES-256-GCM under
 * the blob's key with its tag behind it. The nonce of a chunk is its number and whether it is the last (the STREAM
 * construction), so that chunks cannot change places and a shortened file is no shorter content. A blob's key seals one
 * content once, so that no nonce is used twice.
 */
const magic = Buffer.from('RBLOB2');
const nonceBytes = 12;
const keyBytes = 32;
export const tagBytes = 16;
export const chunkBytes = 1024 * 1024;
export const headerBytes = magic.length + 4 + nonceBytes + keyBytes + tagBytes;
/** Where the wrapped key stands in the header: what is overwritten to make the content unreadable for ever. */
export const wrappedKeyAt = magic.length + 4;

export function sealHeader(wrappingKey: Uint8Array, epoch: number, id: string, blobKey: Uint8Array): Buffer {
  const start = Buffer.alloc(wrappedKeyAt);
  magic.copy(start);
  start.writeUInt32BE(epoch, magic.length);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce).setAAD(Buffer.concat([start, Buffer.from(id)]));
  return Buffer.concat([start, nonce, cipher.update(blobKey), cipher.final(), cipher.getAuthTag()]);
}

/** The epoch that a header names; throws where it is no header. */
export function headerEpoch(header: Buffer): number {
  if (header.length !== headerBytes || !header.subarray(0, magic.length).equals(magic)) throw new Error('no blob header');
  return header.readUInt32BE(magic.length);
}

/** The blob's key, which the caller wipes; throws where the header is another blob's or was changed. */
export function openHeader(wrappingKey: Uint8Array, id: string, header: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, header.subarray(wrappedKeyAt, wrappedKeyAt + nonceBytes))
    .setAAD(Buffer.concat([header.subarray(0, wrappedKeyAt), Buffer.from(id)]))
    .setAuthTag(header.subarray(-tagBytes));
  const key = decipher.update(header.subarray(wrappedKeyAt + nonceBytes, -tagBytes));
  decipher.final();
  return key;
}

/** Ciphertext of one chunk, whose content may come in several parts, and its tag. */
export function sealChunk(key: Uint8Array, index: number, last: boolean, plain: readonly Uint8Array[]): readonly Buffer[] {
  const cipher = createCipheriv('aes-256-gcm', key, chunkNonce(index, last));
  const sealed = plain.map((part) => cipher.update(part));
  cipher.final();
  return [...sealed, cipher.getAuthTag()];
}

/** The content of one chunk; throws where one bit differs. */
export function openChunk(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Buffer {
  const split = sealed.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, chunkNonce(index, last)).setAuthTag(sealed.subarray(split));
  const plain = decipher.update(sealed.subarray(0, split));
  decipher.final();
  return plain;
}

/** What a file of `fileBytes` holds; throws where no blob has that size. */
export function layoutOf(fileBytes: number): { chunks: number; contentBytes: number } {
  const body = fileBytes - headerBytes;
  const chunks = Math.ceil(body / (chunkBytes + tagBytes));
  const contentBytes = body - chunks * tagBytes;
  if (chunks < 1 || contentBytes < 0 || Math.max(1, Math.ceil(contentBytes / chunkBytes)) !== chunks)
    throw new Error('no blob of this size');
  return { chunks, contentBytes };
}

/** Bytes on disk of a content of `contentBytes`. */
export function fileBytesOf(contentBytes: number): number {
  return headerBytes + contentBytes + tagBytes * Math.max(1, Math.ceil(contentBytes / chunkBytes));
}

function chunkNonce(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
