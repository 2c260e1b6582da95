import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { decryptSqlcipher4 } from '../testing/sqlcipher-pages.ts';
import { password, vaultWithKeys } from './keys/keys.fixture.ts';
import { currentKey } from './key-ring.ts';
import { subKey } from './sub-keys.ts';
import { vaultPaths } from './vault-file.ts';

const program = process.env['REDOUBT_SQLCIPHER'] ?? 'sqlcipher';
/** `4.6.1 community`; Debian 12 has 3.4.1, which cannot read the format of version 4. */
const version = spawnSync(program, [':memory:', 'PRAGMA cipher_version;'], { encoding: 'utf8' }).stdout?.trim() ?? '';
const isVersion4 = /^4\./m.test(version);
if (!isVersion4)
  process.stderr.write(
    `SKIPPED: no SQLCipher 4 program is installed (found: ${version || 'none'}); the check by our own reader of the format runs.\n`,
  );

/** A closed vault's database file and its raw key. */
async function closedVault() {
  const { vault, storage } = await vaultWithKeys();
  storage.db.exec("INSERT INTO secrets (name, value) VALUES ('canary', x'c0ffee')");
  const key = subKey(currentKey(storage.ring), storage.vaultId, 'database');
  storage.close();
  return { vault, key, file: vaultPaths(vault.folder).database };
}

test('with the raw key alone, the database is read by code that shares nothing with the vault', async () => {
  const { vault, key, file } = await closedVault();
  const encrypted = readFileSync(file);
  expect(encrypted.includes('SQLite format 3')).toBe(false);
  expect(() => decryptSqlcipher4(encrypted, randomBytes(32))).toThrow('page 1 is not of this key');
  const plain = join(temporaryFolder(), 'plain.db');
  // SQLite asks for no write-ahead log then: the format numbers in the header say so.
  const bytes = decryptSqlcipher4(encrypted, key);
  bytes.fill(1, 18, 20);
  writeFileSync(plain, bytes);
  const db = new DatabaseSync(plain, { readOnly: true });
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  expect(db.prepare("SELECT hex(value) AS value FROM secrets WHERE name = 'canary'").get()).toEqual({ value: 'C0FFEE' });
  expect(db.prepare('SELECT user_name AS name FROM people').get()).toEqual({ name: 'ada' });
  db.close();
  const again = await vault.open('ada', { password });
  again.storage.close();
});

test.skipIf(!isVersion4)('so it is by SQLCipher 4', async () => {
  const { key, file } = await closedVault();
  const sql = `PRAGMA key = "x'${key.toString('hex')}'"; PRAGMA cipher_integrity_check; SELECT hex(value) FROM secrets WHERE name = 'canary';`;
  const { stdout, status } = spawnSync(program, [file], { input: sql, encoding: 'utf8' });
  expect({ status, stdout: stdout.trim() }).toEqual({ status: 0, stdout: expect.stringMatching(/C0FFEE$/) as string });
});
