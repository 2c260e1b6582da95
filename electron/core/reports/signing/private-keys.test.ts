import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { rewrapLogKeys } from '../../audit/signing-keys.ts';
import { logStorage, newAuditLog } from '../../testing/audit-log.ts';
import { migrate } from '../../vault/migrations/index.ts';
import { addPrivateKey, readPrivateKey } from './private-keys.ts';

test('a key that signs reports is kept wrapped, and goes with the vault key when that is replaced', () => {
  const db = new Database(':memory:');
  migrate(db);
  newAuditLog(db);
  const storage = logStorage(db);
  const privateKey = Buffer.from('a private key that stands for itself');
  addPrivateKey(storage, 'report-vault', { privateKey, publicKey: Buffer.from('public') }, 1);
  const stored = () =>
    db.prepare("SELECT epoch, private_key FROM signing_keys WHERE purpose = 'report-vault'").get() as {
      epoch: number;
      private_key: Buffer;
    };
  expect(stored().private_key.includes(privateKey)).toBe(false);
  expect(readPrivateKey(storage, 'report-vault')).toEqual(privateKey);

  storage.ring.keys.set(2, randomBytes(32));
  rewrapLogKeys(storage);
  storage.ring.keys.delete(1);
  expect(stored().epoch).toBe(2);
  expect(readPrivateKey(storage, 'report-vault')).toEqual(privateKey);
  // Another purpose's key in its place is not taken.
  addPrivateKey(storage, 'report-root', { privateKey: Buffer.from('root'), publicKey: Buffer.from('public') }, 1);
  db.exec(
    "UPDATE signing_keys SET private_key = (SELECT private_key FROM signing_keys WHERE purpose = 'report-root') WHERE purpose = 'report-vault'",
  );
  expect(() => readPrivateKey(storage, 'report-vault')).toThrow(expect.objectContaining({ code: 'audit/no-key' }));
});
