import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { WritableDb } from '../vault/database.ts';
import { AuditRepository } from './audit.repository.ts';
import { signCheckpoint } from './checkpoint.ts';
import { emptyRoot } from './merkle.ts';

/** Who signs the audit log's heads. `origin` is the log's name and the name of its key. */
export type LogSigner = { readonly origin: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject };

const row = z.object({ name: z.string(), private_key: z.instanceof(Uint8Array) });

/**
 * Makes the audit log's Ed25519 key and the signed head of the empty log while a vault is being created, inside the
 * creating transaction.
 * The private key (PKCS#8) never leaves the encrypted database.
 */
export function createSigningKeys(db: WritableDb, vaultId: string, now = Date.now()): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const origin = `redoubt/${vaultId}`;
  db.prepare('INSERT INTO signing_keys (purpose, name, private_key, public_key, created_at) VALUES (?, ?, ?, ?, ?)').run(
    'audit-log',
    origin,
    privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKey.export({ format: 'der', type: 'spki' }),
    now,
  );
  const head = { size: 0, root: emptyRoot };
  new AuditRepository(db).setHead({ ...head, checkpoint: signCheckpoint({ origin, ...head }, privateKey) });
}

/** The audit log's key, from the opened vault; throws `audit/no-key` if the vault has none. */
export function loadLogSigner(db: WritableDb): LogSigner {
  const stored = row.safeParse(db.prepare("SELECT name, private_key FROM signing_keys WHERE purpose = 'audit-log'").get());
  if (!stored.success)
    throw new AppError(
      'audit/no-key',
      'The vault has no key for its audit log, so nothing can be recorded. Restore the vault from a backup.',
    );
  const privateKey = createPrivateKey({ key: Buffer.from(stored.data.private_key), format: 'der', type: 'pkcs8' });
  return { origin: stored.data.name, privateKey, publicKey: createPublicKey(privateKey) };
}
