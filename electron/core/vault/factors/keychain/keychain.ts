import { randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '../../../errors.ts';
import type { FactorOf } from '../../slots/factor.ts';

/** The operating system's keychain, which only the desktop's main process reaches. Entries are named by random ids. */
export interface Keychain {
  set(entry: string, secret: Buffer): Promise<void>;
  /** Null where there is no such entry; the caller wipes the answer. */
  get(entry: string): Promise<Buffer | null>;
  remove(entry: string): Promise<void>;
}

/** A factor bound to this machine and account, and its secret, which the caller wipes. */
export async function newKeychainFactor(keychain: Keychain | null): Promise<{ factor: FactorOf<'keychain'>; secret: Buffer }> {
  if (!keychain) throw absent();
  const entry = randomUUID();
  const secret = randomBytes(32);
  await keychain.set(entry, secret);
  return { factor: { type: 'keychain', entry }, secret };
}

/** @throws AppError `vault/keychain-absent`, `vault/keychain-entry-missing` */
export async function openKeychainFactor(keychain: Keychain | null, factor: FactorOf<'keychain'>): Promise<Buffer> {
  if (!keychain) throw absent();
  const secret = await keychain.get(factor.entry);
  if (secret) return secret;
  throw new AppError(
    'vault/keychain-entry-missing',
    'The keychain of this account does not hold the second half of your key. Open the vault where you set it up, or with the recovery code.',
  );
}

function absent(): AppError {
  return new AppError(
    'vault/keychain-absent',
    'This host of Redoubt has no keychain of the operating system. Use the desktop window, or the recovery code.',
  );
}
