import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { childNames, type ChildName } from '../core/supervision/messages.ts';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { Vault } from '../core/vault/vault.ts';
import { connectClient } from './client.ts';
import { Host } from './host.ts';

const password = 'correct horse battery';

async function withVault() {
  const folder = temporaryFolder();
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder: folder, onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  const connected = connectClient(host);
  await connected.client.vault.create({ userName: 'ada', displayName: 'Ada', password });
  return { folder, host, ...connected };
}

const pidOf = (host: Host, name: ChildName) => host.processes.find((each) => each.name === name)?.pid ?? 0;

async function wasClosedInOrder(folder: string): Promise<boolean> {
  const { storage } = await new Vault(folder, floorCost).open('ada', { password });
  storage.close();
  return storage.closedInOrder;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.skipIf(process.platform === 'win32')('Ctrl+C reaches the whole process group, and only the host decides what it means', async () => {
  const { host, client } = await withVault();
  await expect.poll(() => host.processes.every(({ state }) => state === 'ready')).toBe(true);
  const pids = childNames.map((name) => pidOf(host, name));
  for (const pid of pids) for (const signal of ['SIGINT', 'SIGHUP'] as const) process.kill(pid, signal);
  for (let calls = 0; calls < 5; calls += 1) await client.vault.status();
  await client.documents.importSamples();
  expect(childNames.map((name) => pidOf(host, name))).toEqual(pids);
  expect(host.processes.map(({ restarts }) => restarts)).toEqual([0, 0, 0, 0]);
});

test.skipIf(process.platform === 'win32')('core that is asked to end closes the vault in order', async () => {
  const { folder, host, closed } = await withVault();
  process.kill(pidOf(host, 'core'), 'SIGTERM');
  await closed;
  expect(await wasClosedInOrder(folder)).toBe(true);
});

test('core whose host was killed closes the vault in order', async () => {
  const folder = temporaryFolder();
  const parent = fork(fileURLToPath(new URL('testing/short-lived-host.ts', import.meta.url)), [folder, password], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const [pids] = (await once(parent, 'message')) as [number[]];
  parent.kill('SIGKILL');
  await expect.poll(() => pids.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  expect(await wasClosedInOrder(folder)).toBe(true);
});
