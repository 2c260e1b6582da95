import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BackupSettings, BackupState } from '../core/contract/backup.ts';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient, type Client } from './client.ts';
import { Host } from './host.ts';

const password = 'correct horse battery';

async function hostOf(vaultFolder: string) {
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder, onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  return host;
}

/** Waits until no task is under way. */
async function idle(client: Client): Promise<BackupState> {
  for await (const state of await client.backup.watch()) if (!state.activity) return state;
  throw new Error('the stream ended');
}

async function importLetters(client: Client, count: number): Promise<void> {
  const folder = temporaryFolder();
  const files = Array.from({ length: count }, (_, index) => {
    const path = join(folder, `letter-${index}.txt`);
    writeFileSync(path, `Letter ${index} ${randomBytes(40_000).toString('hex')}`);
    return { name: `letter-${index}.txt`, source: { kind: 'path' as const, path } };
  });
  await client.documents.import({ files });
}

const settingsOf = (folder: string): BackupSettings => ({
  folder,
  schedule: 'daily',
  atMinute: 60,
  keep: { daily: 7, weekly: 4, monthly: 12 },
  includeModels: false,
  pauseOnBattery: false,
});

test('a person backs up, checks, drills and restores; core is killed in between', async () => {
  const vaultFolder = join(temporaryFolder(), 'vault');
  const host = await hostOf(vaultFolder);
  const first = connectClient(host);
  await first.client.vault.create({ userName: 'ada', displayName: 'Ada', password });
  await expect(first.client.backup.run()).rejects.toMatchObject({ code: 'backup/no-destination' });
  await expect(first.client.backup.setSettings(settingsOf(join(vaultFolder, 'blobs')))).rejects.toMatchObject({
    code: 'backup/inside-vault',
  });
  const folder = temporaryFolder();
  const settings = settingsOf(folder);
  await expect(first.client.backup.setSettings(settingsOf(join(folder, 'gone')))).rejects.toMatchObject({
    code: 'backup/destination-missing',
  });
  expect(await first.client.backup.setSettings(settings)).toMatchObject({ settings, activity: null, last: null });
  await importLetters(first.client, 30);

  await first.client.backup.run();
  await expect(first.client.backup.run()).rejects.toMatchObject({ code: 'backup/busy' });
  process.kill(host.processes.find(({ name }) => name === 'core')?.pid ?? 0, 'SIGKILL');
  await first.closed;
  await host.application.coreReady();

  const { client } = connectClient(host);
  await client.vault.unlock({ userName: 'ada', password });
  await client.backup.run();
  const { last, nextAt } = await idle(client);
  expect(last).toMatchObject({ error: null, snapshotId: expect.any(String) });
  expect(nextAt).toBeGreaterThan(Date.now());
  const snapshotId = last?.snapshotId ?? '';
  await client.backup.verify({ snapshotId });
  await idle(client);
  expect((await client.backup.snapshots())[0]).toMatchObject({
    id: snapshotId,
    blobCount: 30,
    problem: null,
    lastVerifiedAt: expect.any(Number),
  });
  await client.backup.drill();
  expect((await idle(client)).lastDrill).toMatchObject({ ok: true, snapshotId, blobs: 30, problems: [] });
  expect((await client.backup.history()).drills).toHaveLength(1);
  expect(readdirSync(join(vaultFolder, '..'))).toEqual(['vault']);
  const actions = (await client.audit.list({ search: 'backup.', limit: 100 })).entries.map(({ action, outcome }) => `${action} ${outcome}`);
  for (const action of ['backup.set-settings', 'backup.complete', 'backup.verify-complete', 'backup.drill-complete'])
    expect(actions).toContain(`${action} done`);
  damageOne(folder);
  await client.backup.drill();
  expect((await idle(client)).lastDrill).toMatchObject({ ok: false, problems: ['backup/damaged'] });
  await client.backup.verify({ snapshotId });
  await idle(client);
  expect((await client.backup.snapshots())[0]).toMatchObject({ problem: { code: 'backup/damaged' } });

  // The damaged file is put aside, and stored again from the vault.
  await client.backup.run();
  const again = (await idle(client)).last?.snapshotId ?? '';
  const names = (await client.documents.list({})).documents.map(({ name }) => name).sort();
  await restoresElsewhere(folder, again, names);
}, 180_000);

function damageOne(folder: string): void {
  const objects = join(folder, readdirSync(folder)[0] ?? '', 'objects');
  const [name] = readdirSync(objects, { recursive: true, encoding: 'utf8' }).filter((each) => each.length > 60);
  const file = join(objects, name ?? '');
  const bytes = readFileSync(file);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** On a machine without a vault: the page lists what a folder holds, and restores with a password of that time. */
async function restoresElsewhere(folder: string, snapshotId: string, names: string[]): Promise<void> {
  const vaultFolder = join(temporaryFolder(), 'elsewhere');
  mkdirSync(vaultFolder);
  const host = await hostOf(vaultFolder);
  const { client } = connectClient(host);
  expect((await client.backup.inspect({ folder })).map(({ id }) => id)).toContain(snapshotId);
  const restore = async (given: string) => {
    const events = [];
    for await (const event of await client.backup.restore({ folder, snapshotId, userName: 'ada', secrets: { password: given } }))
      events.push(event.type);
    return events.at(-1);
  };
  await expect(restore('wrong password')).rejects.toMatchObject({ code: 'vault/wrong-password' });
  expect(await client.vault.status()).toMatchObject({ state: 'absent' });
  expect(await restore(password)).toBe('done');
  await expect(restore(password)).rejects.toMatchObject({ code: 'vault/exists' });
  await client.vault.unlock({ userName: 'ada', password, acceptOlder: true });
  expect((await client.documents.list({})).documents.map(({ name }) => name).sort()).toEqual(names);
  const { entries } = await client.audit.list({ search: 'vault.restore', limit: 10 });
  expect(entries).toMatchObject([{ action: 'vault.restore', details: { snapshot: snapshotId } }]);
  expect(await client.audit.verify()).toMatchObject({ ok: true });
}
