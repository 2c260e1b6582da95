import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with a random nonce: 12-byte nonce, ciphertext, 16-byte tag, as base64. */
export function wrap(key: Uint8Array, plain: Uint8Array, context: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** The plain bytes, which the caller wipes; throws where the key, the context or the text is another. */
export function unwrap(key: Uint8Array, wrapped: string, context: string): Buffer {
  const raw = Buffer.from(wrapped, 'base64');
  if (raw.length < nonceBytes + tagBytes || raw.toString('base64') !== wrapped) throw new Error('not a wrapped key');
  const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, nonceBytes))
    .setAAD(Buffer.from(context))
    .setAuthTag(raw.subarray(-tagBytes));
  const plain = decipher.update(raw.subarray(nonceBytes, -tagBytes));
  decipher.final();
  return plain;
}
