import { randomInt, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connectClient, type Client } from '../../local/client.ts';
import { openHost, password } from './people.fixture.ts';

const rounds = 3;
const count = 40;
const blobsIn = (folder: string) =>
  readdirSync(join(folder, 'blobs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

async function importLetters(client: Client, caseId: string): Promise<void> {
  const files = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const bytes = Buffer.from(`Letter ${index} ${randomUUID()}`);
      const { uploadId } = await client.files.beginUpload({ name: 'x', size: bytes.length });
      await client.files.appendUpload({ uploadId, offset: 0, base64: bytes.toString('base64') });
      return { name: `${index}.txt`, source: { kind: 'upload' as const, uploadId } };
    }),
  );
  await client.documents.import({ caseId, files });
}

test('core killed with signal 9 while a case is deleted: the case is there as it was, or gone and proved gone', async () => {
  const { host, owner } = await openHost();
  let client = owner;
  let gone = 0;
  for (let round = 0; round < rounds; round += 1) {
    const { id } = await client.cases.create({ name: 'Doomed' });
    const before = blobsIn(host.vaultFolder);
    await importLetters(client, id);
    const removing = client.cases.remove({ id, name: 'Doomed' }).catch(() => null);
    const full = blobsIn(host.vaultFolder);
    // At any moment, and in the middle of the erasing.
    if (round === 0) await delay(randomInt(60));
    else while (blobsIn(host.vaultFolder) === full) await delay(1);
    process.kill(host.processes.find(({ name }) => name === 'core')?.pid ?? 0, 'SIGKILL');
    await removing;
    await host.application.coreReady();
    ({ client } = connectClient(host));
    await client.vault.unlock({ userName: 'ida', password });
    const found = (await client.cases.list()).find((each) => each.id === id);
    if (found) {
      expect(found.counts).toMatchObject({ documents: count, flows: 1 });
      expect(await client.cases.remove({ id, name: 'Doomed' })).toMatchObject({
        documents: count,
        blobsErased: count,
        rowsLeft: 0,
        blobsLeft: 0,
      });
    } else gone += 1;
    const proofs = async () =>
      (await client.audit.list({ search: 'cases.prove-removal', limit: 100 })).entries.filter(({ subject }) => subject === id);
    while ((await proofs()).length === 0) await delay(20);
    expect(await proofs()).toMatchObject([{ outcome: 'done', details: { documents: count, rowsLeft: 0, blobsLeft: 0 } }]);
    expect(blobsIn(host.vaultFolder)).toBe(before);
  }
  expect(await client.audit.verify()).toMatchObject({ ok: true });
  expect(gone).toBeGreaterThan(0);
}, 300_000);
