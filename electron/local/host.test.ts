import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient } from './client.ts';
import { Host } from './host.ts';

const password = 'correct horse battery';

async function running(vaultFolder?: string) {
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder, onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  return host;
}

test('deny first: nothing without a session, nothing beyond the role, and denials are on record', async () => {
  const host = await running();
  const { client } = connectClient(host);
  expect(await client.vault.status()).toMatchObject({ state: 'absent', ephemeral: true });
  await expect(client.documents.list({})).rejects.toMatchObject({ code: 'vault/locked' });
  await client.vault.create({ userName: 'ada', displayName: 'Ada', password });
  await client.identity.createPerson({ userName: 'vic', displayName: 'Vic', role: 'viewer', password: 'another password' });

  const stranger = connectClient(host).client;
  await expect(stranger.documents.list({})).rejects.toMatchObject({ code: 'identity/not-signed-in' });
  await expect(stranger.vault.unlock({ userName: 'vic', password })).rejects.toMatchObject({ code: 'vault/wrong-password' });
  const session = await stranger.vault.unlock({ userName: 'vic', password: 'another password' });
  await expect(stranger.identity.listPeople()).rejects.toMatchObject({ code: 'identity/denied' });
  await expect(stranger.documents.remove({ ids: ['x'] })).rejects.toMatchObject({ code: 'identity/denied' });
  await expect(client.identity.createPerson({ userName: 'a b', displayName: '', role: 'viewer', password: 'x' })).rejects.toMatchObject({
    code: 'request/invalid',
  });

  // A second connection takes the session up; disabling the person ends it everywhere.
  const again = connectClient(host).client;
  expect(await again.identity.resume({ token: session.token })).toMatchObject({ person: { userName: 'vic' } });
  const watching = await stranger.documents.watch();
  const seen = expect(watching.next()).rejects.toMatchObject({ code: 'identity/not-signed-in' });
  await client.identity.setPersonStatus({ id: session.person.id, status: 'disabled' });
  await client.documents.importSamples();
  await seen;
  await expect(stranger.documents.list({})).rejects.toMatchObject({ code: 'identity/not-signed-in' });
  await expect(again.identity.resume({ token: session.token })).rejects.toMatchObject({ code: 'identity/session-ended' });

  const { entries } = await client.audit.list({});
  const acts = entries.map(({ actor, action, outcome }) => `${actor} ${action} ${outcome}`);
  for (const act of [
    'vic identity.sign-in denied',
    'vic identity.sign-in done',
    'vic documents.remove denied',
    'vic identity.listPeople denied',
    'ada identity.create-person failed',
  ])
    expect(acts).toContain(act);
  expect(await client.audit.verify()).toMatchObject({ ok: true, size: entries.length });
});

test('locking ends core and its workers; the next core starts locked and knows the work', async () => {
  const folder = temporaryFolder();
  const host = await running(folder);
  const first = connectClient(host);
  await first.client.vault.create({ userName: 'ada', displayName: 'Ada', password });
  const before = host.processes.filter(({ name }) => name !== 'main').map(({ pid }) => pid);
  await first.client.vault.lock();
  await first.closed;
  await host.application.coreReady();
  const { client } = connectClient(host);
  expect(await client.vault.status()).toMatchObject({ state: 'locked' });
  // None of the three keeps a page that was decrypted before, and none has crashed.
  const now = () => host.processes.filter(({ name }) => name !== 'main');
  await expect.poll(() => now().every(({ state, pid }) => state === 'ready' && !before.includes(pid)), { timeout: 30_000 }).toBe(true);
  expect(now().map(({ restarts }) => restarts)).toEqual([0, 0, 0]);
  await client.vault.unlock({ userName: 'ada', password });
  expect((await client.audit.list({})).entries.map(({ action }) => action)).toContain('vault.lock');
});

test('a killed core comes back locked, its clients are told, no acknowledged change is lost', async () => {
  const folder = temporaryFolder();
  const host = await running(folder);
  const first = connectClient(host);
  await first.client.vault.create({ userName: 'ada', displayName: 'Ada', password });
  // What a crash between writing a blob and its row leaves behind.
  const orphan = join(folder, 'blobs', 'ab', 'c'.repeat(62));
  mkdirSync(dirname(orphan), { recursive: true });
  writeFileSync(orphan, 'orphan');
  await first.client.identity.createPerson({ userName: 'vic', displayName: 'Vic', role: 'analyst', password: 'another password' });
  const asked = first.client.monitor.history();
  process.kill(host.processes.find(({ name }) => name === 'core')?.pid ?? 0, 'SIGKILL');
  expect(await first.closed).toBe('signal SIGKILL');
  await asked.catch(() => undefined);
  await host.application.coreReady();
  const { client } = connectClient(host);
  await client.vault.unlock({ userName: 'ada', password });
  expect((await client.identity.listPeople()).map(({ userName }) => userName)).toEqual(['ada', 'vic']);
  expect(existsSync(orphan)).toBe(false);
  expect(await client.audit.verify()).toMatchObject({ ok: true });
});

test('a vault put back to an earlier state is recognised, and opening it anyway is on record', async () => {
  const folder = temporaryFolder();
  const old = temporaryFolder();
  const host = await running(folder);
  const session = async () => {
    const connected = connectClient(host);
    return {
      ...connected,
      lock: async () => (await connected.client.vault.lock(), await connected.closed, await host.application.coreReady()),
    };
  };
  const first = await session();
  await first.client.vault.create({ userName: 'ada', displayName: 'Ada', password });
  await first.lock();
  cpSync(join(folder, 'vault.db'), join(old, 'vault.db'));
  const second = await session();
  await second.client.vault.unlock({ userName: 'ada', password });
  await second.client.identity.createPerson({ userName: 'vic', displayName: 'Vic', role: 'viewer', password: 'another password' });
  await second.lock();
  for (const extra of ['vault.db-wal', 'vault.db-shm']) rmSync(join(folder, extra), { force: true });
  cpSync(join(old, 'vault.db'), join(folder, 'vault.db'));
  const third = await session();
  await expect(third.client.vault.unlock({ userName: 'ada', password })).rejects.toMatchObject({
    code: 'vault/older-than-anchor',
    data: { verdict: 'older' },
  });
  await third.client.vault.unlock({ userName: 'ada', password, acceptOlder: true });
  expect((await third.client.audit.list({})).entries).toContainEqual(
    expect.objectContaining({
      action: 'vault.accept-older',
      details: expect.objectContaining({ verdict: 'older', recordsSeen: expect.any(Number) as number }) as object,
    }),
  );
});
