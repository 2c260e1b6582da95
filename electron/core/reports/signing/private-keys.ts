import { z } from 'zod';
import { unwrapLogKey, wrapLogKey, type LogStorage } from '../../audit/log-keys.ts';

const row = z.object({ name: z.string(), epoch: z.number(), private_key: z.instanceof(Uint8Array) });

/**
 * Keeps a private key that signs reports: beside the log's own, wrapped under the same sub-key, and put under the newest
 * vault key with it. `purpose` is its name in the vault.
 */
export function addPrivateKey(
  storage: LogStorage,
  purpose: string,
  keys: { privateKey: Uint8Array; publicKey: Uint8Array },
  at: number,
): void {
  const { epoch, wrapped } = wrapLogKey(storage, nameOf(purpose), keys.privateKey);
  storage.db
    .prepare('INSERT INTO signing_keys (purpose, name, epoch, private_key, public_key, created_at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(purpose, nameOf(purpose), epoch, wrapped, keys.publicKey, at);
}

/** @throws AppError `audit/no-key` */
export function readPrivateKey(storage: LogStorage, purpose: string): Uint8Array {
  const stored = row.parse(storage.db.prepare('SELECT name, epoch, private_key FROM signing_keys WHERE purpose = ?').get(purpose));
  return unwrapLogKey(storage, nameOf(purpose), { epoch: stored.epoch, wrapped: stored.private_key });
}

function nameOf(purpose: string): string {
  return `redoubt/reports/${purpose}`;
}
