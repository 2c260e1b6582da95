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
  await restoresElsewhere({ folder, snapshotId: again, kills: 1, proof: { userName: 'ada', secrets: { password } }, names });
}, 180_000);

function damageOne(folder: string): void {
  const objects = join(folder, readdirSync(folder)[0] ?? '', 'objects');
  const [name] = readdirSync(objects, { recursive: true, encoding: 'utf8' }).filter((each) => each.length > 60);
  const file = join(objects, name ?? '');
  const bytes = readFileSync(file);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

type Restore = {
  folder: string;
  snapshotId: string;
  kills: number;
  proof: Pick<RestoreInput, 'userName' | 'secrets' | 'code'>;
  names: string[];
};
type RestoreInput = Parameters<Client['backup']['restore']>[0];

/** On a machine without a vault: the page lists what a folder holds, and restores with what a person of that time proves. */
async function restoresElsewhere({ folder, snapshotId, kills, proof, names }: Restore): Promise<void> {
  const vaultFolder = join(temporaryFolder(), 'elsewhere');
  mkdirSync(vaultFolder);
  const host = await hostOf(vaultFolder);
  const { client } = connectClient(host);
  expect((await client.backup.inspect({ folder })).map(({ id }) => id)).toContain(snapshotId);
  const restore = async (given: Restore['proof']) => {
    const events = [];
    for await (const event of await client.backup.restore({ folder, snapshotId, ...given })) events.push(event.type);
    return events.at(-1);
  };
  await expect(restore({ userName: 'ada', secrets: { password: 'wrong password' } })).rejects.toMatchObject({
    code: 'vault/wrong-password',
  });
  expect(await client.vault.status()).toMatchObject({ state: 'absent' });
  expect(await restore(proof)).toBe('done');
  await expect(restore(proof)).rejects.toMatchObject({ code: 'vault/exists' });
  await client.vault.unlock({ userName: 'ada', password, acceptOlder: true });
  expect((await client.documents.list({})).documents.map(({ name }) => name).sort()).toEqual(names);
  const { entries } = await client.audit.list({ search: 'vault.restore', limit: 10 });
  expect(entries).toMatchObject([{ action: 'vault.restore', details: { snapshot: snapshotId } }]);
  // A backup is of an open vault, which is no unclean stop: those on record are kills from before.
  expect((await client.audit.list({ action: 'vault.unclean-stop' })).entries).toHaveLength(kills);
  expect(await client.audit.verify()).toMatchObject({ ok: true });
}

test('after the vault key was replaced the next backup is a full one, and those before can still be checked and restored', async () => {
  const host = await hostOf(join(temporaryFolder(), 'vault'));
  const { client } = connectClient(host);
  await client.vault.create({ userName: 'ada', displayName: 'Ada', password });
  const { code } = await client.keys.beginRecovery();
  await client.keys.confirmRecovery({ code });
  await importLetters(client, 3);
  const names = (await client.documents.list({})).documents.map(({ name }) => name).sort();
  const folder = temporaryFolder();
  const backUp = async () => {
    await client.backup.run({ folder });
    const { last } = await idle(client);
    expect(last?.error).toBeNull();
    return last?.snapshotId ?? '';
  };
  const before = await backUp();
  await client.keys.rotate();
  for await (const { running, problem } of await client.keys.watchRotation()) {
    expect(problem).toBeNull();
    if (!running) break;
  }
  const after = await backUp();
  const kinds = (await client.backup.snapshots({ folder })).map(({ id, kind }) => [id, kind]);
  expect(kinds).toEqual([
    [after, 'full'],
    [before, 'full'],
  ]);
  await client.backup.verify({ snapshotId: before, folder });
  await idle(client);
  expect((await client.backup.snapshots({ folder })).at(-1)).toMatchObject({
    id: before,
    problem: null,
    lastVerifiedAt: expect.any(Number),
  });
  await client.backup.drill({ snapshotId: after, folder });
  expect((await idle(client)).lastDrill).toMatchObject({ ok: true, blobs: 3 });
  // The open vault has the new key only.
  await client.backup.drill({ snapshotId: before, folder });
  expect((await idle(client)).lastDrill).toMatchObject({ ok: false, problems: ['backup/other-key'] });
  await restoresElsewhere({ folder, snapshotId: before, kills: 0, proof: { code }, names });
}, 180_000);
