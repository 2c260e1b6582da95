import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ChildName } from '../core/supervision/messages.ts';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient, type Client } from './client.ts';
import { Host } from './host.ts';

const count = 50;
const credentials = { userName: 'ada', password: 'correct horse battery' };

/** The real application with fifty documents in its vault. */
async function withDocuments() {
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder: temporaryFolder(), onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  const { client } = connectClient(host);
  await client.vault.create({ ...credentials, displayName: 'Ada' });
  const folder = temporaryFolder();
  const files = Array.from({ length: count }, (_, index) => {
    const path = join(folder, `form-${index}.txt`);
    writeFileSync(path, `Name: Person ${index}\nPhone: 138${String(index).padStart(8, '0')}\nDate: 2026-01-02\n`);
    return { name: `form-${index}.txt`, source: { kind: 'path' as const, path } };
  });
  const documents = await client.documents.import({ files });
  return { host, client, documentIds: documents.map(({ id }) => id) };
}

function kill(host: Host, name: ChildName): void {
  const pid = host.processes.find((each) => each.name === name)?.pid;
  if (!pid) throw new Error(`${name} does not run`);
  process.kill(pid, 'SIGKILL');
}

const restartsOf = (host: Host, name: ChildName) => host.processes.find((each) => each.name === name)?.restarts;
const allRead = async (client: Client) =>
  (await client.documents.list({})).documents.filter(({ status }) => status === 'ready').length === count;
const succeeded = async (client: Client, id: string) => (await client.runs.get({ id })).itemsSucceeded;
const patience = { timeout: 240_000, interval: 50 };

async function startRun(client: Client, documentIds: string[]): Promise<string> {
  const [flow] = await client.flows.list();
  return (await client.runs.start({ flowId: flow?.id ?? '', documentIds })).id;
}

/** Every document has exactly one result and one archived record. */
async function expectEachOnce(client: Client, id: string): Promise<void> {
  const run = await client.runs.get({ id });
  expect(run).toMatchObject({ state: 'succeeded', itemCount: count, itemsSucceeded: count, itemsFailed: 0 });
  const records = run.items.map(({ result }) => JSON.stringify((result?.['record'] as { id?: unknown } | undefined)?.id));
  expect(new Set(records).size).toBe(count);
  expect(new Set(run.items.map(({ documentId }) => documentId)).size).toBe(count);
  const { entries } = await client.audit.list({ search: id, limit: 500 });
  expect(entries.filter(({ action }) => action === 'runs.start')).toHaveLength(1);
  expect(await client.audit.verify()).toMatchObject({ ok: true });
}

test(
  'kill -9 of core in a run of fifty documents: after unlocking it ends with fifty results, none twice',
  { timeout: 300_000 },
  async () => {
    const { host, client, documentIds } = await withDocuments();
    await expect.poll(() => allRead(client), patience).toBe(true);
    const id = await startRun(client, documentIds);
    await expect.poll(() => succeeded(client, id), patience).toBeGreaterThan(5);
    kill(host, 'core');
    await expect.poll(() => restartsOf(host, 'core'), patience).toBe(1);
    await host.application.coreReady();
    const after = connectClient(host).client;
    await after.vault.unlock(credentials);
    await expect.poll(async () => (await after.runs.get({ id })).finishedAt, patience).not.toBeNull();
    await expectEachOnce(after, id);
  },
);

test(
  'kill -9 of documents while it reads and of inference in a run: nothing is lost, nothing done twice',
  { timeout: 300_000 },
  async () => {
    const { host, client, documentIds } = await withDocuments();
    kill(host, 'documents');
    await expect.poll(() => allRead(client), patience).toBe(true);
    const id = await startRun(client, documentIds);
    for (const [restarts, progress] of [
      [1, 5],
      [2, 20],
    ] as const) {
      await expect.poll(() => succeeded(client, id), patience).toBeGreaterThan(progress);
      kill(host, 'inference');
      await expect.poll(() => restartsOf(host, 'inference'), patience).toBe(restarts);
    }
    await expect.poll(async () => (await client.runs.get({ id })).finishedAt, patience).not.toBeNull();
    expect(restartsOf(host, 'documents')).toBe(1);
    await expectEachOnce(client, id);
  },
);
