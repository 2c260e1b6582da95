import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { ChildName } from '../core/supervision/messages.ts';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient, type Client } from './client.ts';
import { Host } from './host.ts';

const password = 'correct horse battery';
const count = Number(process.env['REDOUBT_RUN_DOCUMENTS'] ?? 10);

/** Waits until the run has at least `wanted` finished items, or has ended. */
async function progress(client: Client, id: string, wanted: number): Promise<void> {
  for await (const event of await client.runs.watch({ runId: id }))
    if (event.type === 'run' && (event.run.itemsSucceeded + event.run.itemsFailed >= wanted || event.run.finishedAt !== null)) return;
}

test('documents, inference and core are killed during a run: it ends with every result once', async () => {
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder: temporaryFolder(), onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  const kill = (name: ChildName) => process.kill(host.processes.find((state) => state.name === name)?.pid ?? 0, 'SIGKILL');
  const first = connectClient(host);
  await first.client.vault.create({ userName: 'ada', displayName: 'Ada', password });
  const folder = temporaryFolder();
  const files = Array.from({ length: count }, (_, index) => {
    const name = `letter-${index}.txt`;
    writeFileSync(join(folder, name), `Letter ${index}\nName: Ada Quill\nID Number: 910000190001010011\nPhone: 13900000417\n`);
    return { name, source: { kind: 'path' as const, path: join(folder, name) } };
  });
  const imported = await first.client.documents.import({ files });
  const [flow] = await first.client.flows.list();
  const { id } = await first.client.runs.start({ flowId: flow?.id ?? '', documentIds: imported.map((document) => document.id) });
  kill('documents');
  await progress(first.client, id, 2);
  kill('inference');
  await progress(first.client, id, Math.ceil(count / 2));
  await delay(50);
  kill('core');
  await first.closed;
  await host.application.coreReady();

  const { client } = connectClient(host);
  await client.vault.unlock({ userName: 'ada', password });
  await progress(client, id, count + 1);
  const run = await client.runs.get({ id });
  expect(run.items.filter(({ error }) => error).map(({ error }) => error)).toEqual([]);
  expect(run).toMatchObject({ state: 'succeeded', itemsSucceeded: count, itemsFailed: 0 });
  const records = run.items.map(({ result }) => (result?.['record'] as { id: string } | undefined)?.id);
  expect(new Set(records).size).toBe(count);
  expect(run.items.map(({ result }) => /^Letter \d+/.exec(JSON.stringify(result?.['text']).slice(1))?.[0])).toEqual(
    files.map((_, index) => `Letter ${index}`),
  );
  expect(JSON.stringify(run)).not.toContain('13900000417');
  const { entries } = await client.audit.list({ search: 'archive.store', limit: 500 });
  expect(entries).toHaveLength(count);
  expect(await client.audit.verify()).toMatchObject({ ok: true });
}, 300_000);
