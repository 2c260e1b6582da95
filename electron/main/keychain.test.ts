import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { RemoteKeychain } from '../core/vault/factors/keychain/remote-keychain.ts';
import { answerKeychain, keychainAvailable } from './keychain.ts';
import { SafeStorageDouble } from './testing/electron-double.ts';

function connected() {
  const storage = new SafeStorageDouble();
  const file = join(temporaryFolder(), 'keychain.json');
  const keychain: RemoteKeychain = new RemoteKeychain((request) =>
    setImmediate(() => keychain.receive(answerKeychain(storage, file, request))),
  );
  return { storage, file, keychain };
}

test('core keeps, reads and removes secrets through main; the file holds none of them', async () => {
  const { file, keychain } = connected();
  const [one, two] = [randomUUID(), randomUUID()];
  const secret = randomBytes(32);
  expect(await keychain.get(one)).toBeNull();
  await keychain.set(one, secret);
  await keychain.set(two, randomBytes(32));
  expect(await keychain.get(one)).toEqual(secret);
  expect(readFileSync(file, 'utf8')).not.toContain(secret.toString('base64'));
  await keychain.remove(one);
  expect(await keychain.get(one)).toBeNull();
  expect(await keychain.get(two)).toHaveLength(32);
});

test('a keychain that refuses, a broken file and an entry that is no id are errors, not answers', async () => {
  const { storage, file, keychain } = connected();
  storage.encryptString = () => {
    throw new Error('locked');
  };
  await expect(keychain.set(randomUUID(), randomBytes(32))).rejects.toMatchObject({ code: 'vault/keychain-failed' });
  expect(
    answerKeychain(new SafeStorageDouble(), file, { type: 'keychain/request', id: 1, operation: 'set', entry: '__proto__', secret: 'x' }),
  ).toMatchObject({ ok: false });
  writeFileSync(file, '{');
  await expect(keychain.get(randomUUID())).rejects.toMatchObject({ code: 'vault/keychain-failed' });
});

test('a key that Chromium itself made up is no keychain', () => {
  const storage = new SafeStorageDouble();
  expect(keychainAvailable(storage, 'linux')).toBe(true);
  storage.backend = 'basic_text';
  expect(keychainAvailable(storage, 'linux')).toBe(false);
  expect(keychainAvailable(storage, 'win32')).toBe(true);
  storage.available = false;
  expect(keychainAvailable(storage, 'win32')).toBe(false);
});
