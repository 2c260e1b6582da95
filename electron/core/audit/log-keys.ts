import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { WritableDb } from '../vault/database.ts';
import { newestEpoch, type KeyRing } from '../vault/key-ring.ts';
import { subKey } from '../vault/sub-keys.ts';

/** What the audit log needs of an open vault. Without the epoch of the database's key it is read through `db` alone. */
export type LogStorage = { readonly db: WritableDb; readonly vaultId: string; readonly ring: KeyRing; readonly databaseEpoch?: number };

/** A private key under a sub-key of the vault key of `epoch`: nonce (12 bytes) ‖ AES-256-GCM ‖ tag (16). */
export type WrappedKey = { readonly epoch: number; readonly wrapped: Uint8Array };

type Rings = Pick<LogStorage, 'vaultId' | 'ring'>;
const [nonceBytes, tagBytes] = [12, 16];

/** Wraps a private key (PKCS#8) of the log under the newest vault key; `name` says which key it is and cannot be exchanged. */
export function wrapLogKey({ vaultId, ring }: Rings, name: string, key: Uint8Array): WrappedKey {
  const epoch = newestEpoch(ring);
  const nonce = randomBytes(nonceBytes);
  const wrapped = withSubKey({ vaultId, ring }, epoch, (under) => {
    const cipher = createCipheriv('aes-256-gcm', under, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(name));
    return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  });
  return { epoch, wrapped };
}

/** The private key, which the caller wipes. @throws AppError `audit/no-key` */
export function unwrapLogKey({ vaultId, ring }: Rings, name: string, { epoch, wrapped }: WrappedKey): Buffer {
  const bytes = Buffer.from(wrapped);
  try {
    return withSubKey({ vaultId, ring }, epoch, (under) => {
      const decipher = createDecipheriv('aes-256-gcm', under, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(-tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    });
  } catch (error) {
    throw noLogKey(error);
  }
}

export function noLogKey(cause?: unknown): AppError {
  return new AppError(
    'audit/no-key',
    'The vault has no usable key for its audit log, so nothing can be recorded. Restore the vault from a backup.',
    {},
    { cause },
  );
}

function withSubKey<T>({ vaultId, ring }: Rings, epoch: number, work: (key: Buffer) => T): T {
  const vaultKey = ring.keys.get(epoch);
  if (!vaultKey) throw new Error(`the ring lacks the key of epoch ${epoch}`);
  const key = subKey(vaultKey, vaultId, 'audit');
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}
