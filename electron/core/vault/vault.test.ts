import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { floorCost } from './kdf.ts';
import { currentKey } from './key-ring.ts';
import { Vault } from './vault.ts';
import { readVaultFile, vaultPaths, writeVaultFile, type VaultFile } from './vault-file.ts';

const password = 'correct horse battery staple';
const fill =
  (canary: string) =>
  (
    storage: { db: { prepare(sql: string): { run(...values: unknown[]): unknown } }; blobs: { put(bytes: Uint8Array): string } },
    file: VaultFile,
  ) => {
    storage.db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, 0)').run(file.vaultId);
    storage.db
      .prepare(
        "INSERT INTO people (id, user_name, display_name, role, status, source, created_at, password_changed_at, must_change_password) VALUES ('1', 'ada', ?, 'analyst', 'active', 'local', 0, 0, 0)",
      )
      .run(canary);
    storage.blobs.put(Buffer.from(canary.repeat(1000)));
  };

async function made(canary = 'canary', userName = 'Ada') {
  const vault = new Vault(temporaryFolder(), floorCost);
  const { storage } = await vault.create(userName, password, fill(canary));
  storage.close();
  return vault;
}

test('a vault opens with its password, whatever the case of the name, and with no other', async () => {
  const vault = await made('Zebra crossing');
  const { storage } = await vault.open('ada', { password });
  expect(storage.db.prepare('SELECT display_name AS name FROM people').get()).toEqual({ name: 'Zebra crossing' });
  storage.close();
  await expect(vault.open('ada', { password: `${password} ` })).rejects.toMatchObject({ code: 'vault/wrong-password' });
  await expect(vault.open('eve', { password })).rejects.toMatchObject({ code: 'vault/wrong-password' });
  await expect(vault.create('ada', password, fill(''))).rejects.toMatchObject({ code: 'vault/exists' });
});

test('the whole folder holds no word of the content, no name and no password', async () => {
  const canary = 'KanarienvogelContent';
  // Long enough not to stand in random bytes by chance.
  const userName = 'Adalbertine';
  const vault = await made(canary, userName);
  const files = readdirSync(vault.folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(vault.folder, name))
    .filter((file) => statSync(file).isFile());
  expect(files.length).toBeGreaterThanOrEqual(3);
  const all = Buffer.concat(files.map((file) => readFileSync(file)));
  for (const secret of [canary, password, userName, userName.toLowerCase(), 'SQLite format 3'])
    expect(all.includes(Buffer.from(secret))).toBe(false);
});

test('a changed slot, weak parameters and a foreign or missing database are refused by name', async () => {
  const vault = await made();
  const file = readVaultFile(vault.folder);
  const [slot] = file?.slots ?? [];
  if (!file || !slot) throw new Error('no slot');
  const asking = (memory: number) => {
    const [factor] = slot.factors;
    if (factor?.type !== 'password') throw new Error('no password');
    return { ...file, slots: [{ ...slot, factors: [{ ...factor, kdf: { ...factor.kdf, memory } }] }] };
  };
  writeVaultFile(vault.folder, asking(floorCost.memory + 1024));
  await expect(vault.open('ada', { password })).rejects.toMatchObject({ code: 'vault/wrong-password' });
  writeVaultFile(vault.folder, asking(1024));
  await expect(vault.open('ada', { password })).rejects.toMatchObject({ code: 'vault/weak-kdf' });
  writeVaultFile(vault.folder, file);

  const other = await made();
  writeFileSync(vaultPaths(vault.folder).database, readFileSync(vaultPaths(other.folder).database));
  await expect(vault.open('ada', { password })).rejects.toMatchObject({ code: 'vault/damaged' });
  rmSync(vaultPaths(vault.folder).database);
  await expect(vault.open('ada', { password })).rejects.toMatchObject({ code: 'vault/missing-database' });
  writeFileSync(vaultPaths(vault.folder).database, '');
  await expect(vault.open('ada', { password })).rejects.toMatchObject({ code: 'vault/damaged' });
  writeFileSync(vaultPaths(vault.folder).file, '{}');
  await expect(vault.open('ada', { password })).rejects.toMatchObject({ code: 'vault/damaged' });
});

test('a further person opens the vault with a password of their own', async () => {
  const vault = await made();
  const { storage } = await vault.open('ada', { password });
  await vault.setPassword(storage, 'Grace', 'another password');
  storage.close();
  const again = await vault.open('grace', { password: 'another password' });
  again.storage.close();
  await expect(vault.check('grace', { password })).rejects.toMatchObject({ code: 'vault/wrong-password' });
});

test('one process has the vault open, and a structure damaged by an unclean stop is refused', async () => {
  const vault = await made();
  const { storage } = await vault.open('ada', { password });
  await expect(vault.open('ada', { password })).rejects.toMatchObject({ code: 'vault/in-use' });
  const key = Buffer.from(currentKey(storage.ring));
  storage.close();
  expect(currentKey(storage.ring).every((byte) => byte === 0)).toBe(true);
  const again = await vault.open('ada', { password });
  expect(currentKey(again.storage.ring).equals(key)).toBe(true);
  again.storage.close();
});

test('a database whose vault file is gone is not overwritten; what a crashed creation left is', async () => {
  const vault = await made();
  const { file, database } = vaultPaths(vault.folder);
  rmSync(file);
  const before = readFileSync(database);
  await expect(vault.create('ada', password, fill(''))).rejects.toMatchObject({ code: 'vault/incomplete' });
  expect(readFileSync(database).equals(before)).toBe(true);

  const half = new Vault(temporaryFolder(), floorCost);
  const crash = () => {
    throw new Error('crash');
  };
  await expect(half.create('ada', password, crash)).rejects.toThrow('crash');
  const { storage } = await half.create('ada', password, fill('again'));
  storage.close();
});
