import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { connectClient, type Client } from '../../local/client.ts';
import { Host } from '../../local/host.ts';
import type { ResourceKind } from '../contract/base.ts';
import type { Role } from '../contract/identity.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { floorCost } from '../vault/kdf.ts';

export const password = 'Correct horse battery 9';

/** The real processes with a vault that ida owns; people get connections of their own. */
export async function openHost() {
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder: temporaryFolder(), onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  const owner = connectClient(host).client;
  await owner.vault.create({ userName: 'ida', displayName: 'Ida', password });
  const signIn = async (userName: string): Promise<Client> => {
    const { client } = connectClient(host);
    await client.vault.unlock({ userName, password });
    return client;
  };
  const add = async (userName: string, role: Role = 'analyst') => {
    const person = await owner.identity.createPerson({ userName, displayName: `${userName} ${userName}`, role, password });
    return { person, client: await signIn(userName) };
  };
  return { host, owner, signIn, add };
}

/** Something of every kind in the person's own case (or `caseId`), each with `mark` in it; the ids by kind. */
export async function fill(client: Client, mark: string, caseId?: string): Promise<Record<ResourceKind, string>> {
  const target = caseId === undefined ? {} : { caseId };
  const path = join(temporaryFolder(), `${mark}.txt`);
  writeFileSync(path, `Letter of ${mark}\nName: Ada Quill\nPhone: 13900000417\n`);
  const [document] = await client.documents.import({ ...target, files: [{ name: `${mark}.txt`, source: { kind: 'path', path } }] });
  const own = caseId ?? document?.caseId ?? '';
  const [sample] = await client.flows.list({ caseId: own });
  const { document: flowDocument } = await client.flows.get({ id: sample?.id ?? '' });
  const flow = await client.flows.create({ caseId: own, document: { ...flowDocument, name: `Flow ${mark}` } });
  const run = await client.runs.start({ flowId: flow.id, documentIds: [document?.id ?? ''] });
  for await (const event of await client.runs.watch({ runId: run.id })) if (event.type === 'run' && event.run.finishedAt !== null) break;
  const conversation = await client.chat.create({ caseId: own, title: `Talk ${mark}` });
  const report = await client.reports.create({ kind: 'run', runIds: [run.id] });
  return { case: own, document: document?.id ?? '', flow: flow.id, run: run.id, conversation: conversation.id, report: report.id };
}
