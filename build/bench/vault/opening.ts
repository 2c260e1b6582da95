import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { AuditLog } from '../../../electron/core/audit/audit-log.ts';
import { createSigningKeys } from '../../../electron/core/audit/signing-keys.ts';
import { ringOf } from '../../../electron/core/vault/key-ring.ts';
import { openStorage, type OpenStorage } from '../../../electron/core/vault/open-vault.ts';
import { Vault } from '../../../electron/core/vault/vault.ts';
import { statistics } from '../statistics.ts';
import { secondsUntil } from './timed.ts';

const unlocks = 5;
const crashes = 7;
const databaseMiB = 1024;
const password = 'correct horse battery staple';

/** Opening with a password at the cost that this machine is calibrated to, and changing the password. */
export async function unlockFigures(folder: string): Promise<Record<string, unknown>> {
  const vault = new Vault(folder);
  const { storage } = await vault.create('ada', password, (made, file) => {
    made.db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, 0)').run(file.vaultId);
    createSigningKeys(made);
  });
  inUse(storage);
  const change: number[] = [];
  for (let run = 0; run < unlocks; run += 1) {
    const [old, next] = [`${password}${run === 0 ? '' : run}`, `${password}${run + 1}`];
    change.push(
      await secondsUntil(async () => {
        vault.putPasswordSlot(storage, await vault.prepareNewPassword(storage, 'ada', { password: old }, next));
      }),
    );
  }
  storage.close();
  const unlock: number[] = [];
  for (let run = 0; run < unlocks; run += 1) {
    let opened: OpenStorage | null = null;
    unlock.push(
      await secondsUntil(async () => {
        ({ storage: opened } = await vault.open('ada', { password: `${password}${unlocks}` }));
        inUse(opened);
      }),
    );
    (opened as OpenStorage | null)?.close();
  }
  const [factor] = vault.existing().slots[0]?.factors ?? [];
  const kdf = factor?.type === 'password' ? { memoryMiB: factor.kdf.memory / 1024, iterations: factor.kdf.iterations } : null;
  return { kdf, unlockSeconds: { ...statistics(unlock), target: 1 }, passwordChangeSeconds: { ...statistics(change), target: 2 } };
}

/**
 * Opening a vault of 1 GiB whose process was killed while it wrote, without the password derivation: keys in hand until the
 * database is in use, its freshness compared. What opening leaves to the background is not in it.
 */
export async function openingFigures(folder: string): Promise<Record<string, unknown>> {
  const key = randomBytes(32);
  fill(folder, key);
  const [crashed, orderly]: [number[], number[]] = [[], []];
  for (let run = 0; run < crashes; run += 1) {
    await killedWhileWriting(folder, key);
    for (const seconds of [crashed, orderly]) {
      let opened: OpenStorage | null = null;
      seconds.push(
        await secondsUntil(async () => {
          opened = openStorage(folder, 'bench', ringOf(Buffer.from(key)), 'open');
          inUse(opened);
        }),
      );
      (opened as OpenStorage | null)?.close();
    }
  }
  const { size } = statSync(join(folder, 'vault.db'));
  return {
    databaseMiB: Math.round(size / 1024 ** 2),
    afterCrashSeconds: { ...statistics(crashed), target: 1 },
    afterOrderlyCloseSeconds: statistics(orderly),
  };
}

function inUse(storage: OpenStorage): void {
  const { freshness } = storage;
  const audit = new AuditLog(storage);
  freshness.assess(audit);
  freshness.begin(audit);
}

function fill(folder: string, key: Buffer): void {
  const storage = openStorage(folder, 'bench', ringOf(Buffer.from(key)), 'create');
  const { db } = storage;
  db.prepare("INSERT INTO vault (one, vault_id, created_at) VALUES (1, 'bench', 0)").run();
  createSigningKeys(storage);
  inUse(storage);
  db.exec('CREATE TABLE bench (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT');
  const add = db.prepare('INSERT INTO bench (value) VALUES (?)');
  for (let mib = 0; mib < databaseMiB; mib += 8)
    db.transaction(() => {
      for (let row = 0; row < 8 * 256; row += 1) add.run(randomBytes(4_000));
    })();
  storage.close();
}

/** A process of its own opens the vault and writes; it is killed after a few hundred commits. */
async function killedWhileWriting(folder: string, key: Buffer): Promise<void> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BENCH_KEY: key.toString('hex') },
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
}
