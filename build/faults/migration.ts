import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../electron/core/vault/database.ts';
import { floorCost } from '../../electron/core/vault/kdf.ts';
import { currentKey } from '../../electron/core/vault/key-ring.ts';
import { subKey } from '../../electron/core/vault/sub-keys.ts';
import { vaultPaths } from '../../electron/core/vault/vault-file.ts';
import { Vault } from '../../electron/core/vault/vault.ts';
import { credentials } from './application.ts';
import { rowsBefore } from './migration-child.ts';
import type { Suite } from './suite.ts';

/** Signal 9 inside a migration of the database. Then: it is of one version or the next, whole, and a copy from before lies beside it. */
export const migrationSuite: Suite = {
  defaultRounds: 10,
  async run({ rounds, random, progress, fail, time, count }) {
    const folder = mkdtempSync(join(tmpdir(), 'redoubt-migration-'));
    try {
      const original = join(folder, 'original');
      const vault = new Vault(original, floorCost);
      const { storage, file } = await vault.create(credentials.userName, credentials.password, ({ db }, { vaultId, createdAt }) => {
        db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, ?)').run(vaultId, createdAt);
        db.exec('CREATE TABLE tried (id INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT');
        const add = db.prepare('INSERT INTO tried (content) VALUES (?)');
        db.transaction(() => {
          for (let row = 0; row < rowsBefore; row += 1) add.run(`row ${row} `.repeat(10));
        })();
      });
      const key = subKey(currentKey(storage.ring), file.vaultId, 'database').toString('hex');
      storage.close();
      let longest = 1_500;
      for (let round = 0; round < rounds; round += 1) {
        const tried = join(folder, 'tried');
        cpSync(original, tried, { recursive: true });
        try {
          const startedAt = performance.now();
          const ended = await migrateFor(tried, key, random.below(longest));
          if (ended) longest = Math.max(300, performance.now() - startedAt);
          count(ended ? 'ended before the kill' : 'killed');
          const version = expectWhole(tried, key);
          count(`found at version ${version}`);
          const again = performance.now();
          if (!(await migrateFor(tried, key, 60_000))) throw new Error('the second try did not end');
          time('secondTry', performance.now() - again);
          if (expectWhole(tried, key) !== 3) throw new Error('the second try did not bring it to the newest version');
        } catch (error) {
          fail(round, error instanceof Error ? error.message : String(error));
        } finally {
          rmSync(tried, { recursive: true, force: true });
        }
        if ((round + 1) % 10 === 0) progress(`${round + 1} of ${rounds} rounds`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Migrates in a process of its own that is killed after `ms` from its first sign. True if it had ended. */
async function migrateFor(folder: string, key: string, ms: number): Promise<boolean> {
  const child = spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, 'migration-child.ts'), folder], {
    env: { ...process.env, REDOUBT_TRIED_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const first = new Promise<void>((resolve) => child.stdout.on('data', (data: Buffer) => ((output += data.toString()), resolve())));
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  await Promise.race([first, ended]);
  await Promise.race([delay(ms), ended]);
  child.kill('SIGKILL');
  await ended;
  return output.includes('migrated');
}

/** Version of the database; throws when it is not what that version must look like. */
function expectWhole(folder: string, key: string): number {
  const db = openDatabase(vaultPaths(folder).database, Buffer.from(key, 'hex'), 'open');
  let version: number;
  try {
    version = Number(db.pragma('user_version', { simple: true }));
    if (db.pragma('quick_check', { simple: true }) !== 'ok') throw new Error(`version ${version} is damaged`);
    const columns = db.prepare('SELECT count(*) FROM pragma_table_info(?)').pluck();
    const table = version >= 3 ? 'tried_again' : 'tried';
    const rows = db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    if (rows !== rowsBefore) throw new Error(`version ${version} has ${String(rows)} rows`);
    if (columns.get(table) !== (version >= 2 ? 3 : 2)) throw new Error(`version ${version} has other columns`);
  } finally {
    db.close();
  }
  if (version >= 2) expectCopies(vaultPaths(folder).beforeMigration, key, version);
  return version;
}

function expectCopies(folder: string, key: string, version: number): void {
  for (let before = 1; before < version; before += 1)
    if (!existsSync(join(folder, `schema-${before}.db`))) throw new Error(`no copy from before version ${before + 1}`);
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.db'))) {
    const copy = openDatabase(join(folder, name), Buffer.from(key, 'hex'), 'open');
    try {
      if (copy.pragma('quick_check', { simple: true }) !== 'ok') throw new Error(`the copy ${name} is damaged`);
    } finally {
      copy.close();
    }
  }
}
