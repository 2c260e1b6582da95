import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { Client } from '../../local/client.ts';
import type { ResourceKind } from '../contract/base.ts';
import { compileIdPaths } from '../rpc/resource-ids.ts';
import { procedures, type AnyProcedure } from '../testing/procedures.ts';
import { sampleInput } from '../testing/sample-input.ts';
import { fill, openHost } from './people.fixture.ts';

type Call = (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>;
const callOf = (client: Client, { name }: AnyProcedure): Call => {
  const [area, call] = name.split('.') as ['documents', 'get'];
  return client[area][call] as unknown as Call;
};

/** How a call ended, as its caller sees it; of a stream, how its first event did. */
async function outcome(client: Client, procedure: AnyProcedure, input: unknown): Promise<unknown> {
  const stop = new AbortController();
  try {
    const result = await callOf(client, procedure)(input, { signal: stop.signal });
    if (procedure.streams) return { event: await (result as AsyncIterator<unknown>).next() };
    return { result };
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    return { code: error.code, message: error.message, data: error.data as unknown };
  } finally {
    stop.abort();
  }
}

/** Everything a person can see of what is theirs. */
async function everything(client: Client, ids: Record<ResourceKind, string>): Promise<unknown> {
  return JSON.parse(
    JSON.stringify({
      cases: await client.cases.list(),
      case: await client.cases.get({ id: ids.case }),
      documents: await client.documents.list({}),
      page: await client.documents.page({ id: ids.document, number: 1 }),
      flows: await client.flows.list(),
      flow: await client.flows.get({ id: ids.flow }),
      runs: await client.runs.list({}),
      run: await client.runs.get({ id: ids.run }),
      chat: await client.chat.get({ id: ids.conversation }),
      reports: await client.reports.list(),
    }),
  );
}
const secretsOf = (ids: Record<ResourceKind, string>, mark: string) => [...Object.values(ids), mark];
const leaks = (value: unknown, secrets: readonly string[]) => {
  const text = JSON.stringify(value) ?? '';
  return secrets.filter((secret) => text.includes(secret));
};

test('user A with every id of user B, in every call that takes one: no answer, no effect, and no way to tell that it exists', async () => {
  const { add, owner } = await openHost();
  const { client: ann } = await add('ann');
  const { client: ben } = await add('ben');
  const mark = `mark-${randomUUID()}`;
  const own = await fill(ann, 'anns');
  const foreign = await fill(ben, mark);
  const before = await everything(ben, foreign);
  const secrets = secretsOf(foreign, mark);

  const wrong: unknown[] = [];
  let attempts = 0;
  const tried = new Set<string>();
  for (const procedure of procedures()) {
    const { name, input: schema } = procedure;
    const places = new Set(compileIdPaths(schema).map(({ path }) => path.join('.')));
    for (const place of places) {
      if (!schema) continue;
      const inputWith = (id: (resource: ResourceKind) => string) =>
        sampleInput(
          schema,
          ({ path, resource }) => (path !== place ? [own[resource]] : path.endsWith('*') ? [own[resource], id(resource)] : [id(resource)]),
          place,
        );
      const missing = randomUUID();
      const input = inputWith((resource) => foreign[resource]);
      if (!(schema as z.ZodType).safeParse(input).success) throw new Error(`no valid input for ${name}`);
      const existing = await outcome(ann, procedure, input);
      const absent = await outcome(
        ann,
        procedure,
        inputWith(() => missing),
      );
      attempts += 1;
      tried.add(name);
      const code = (existing as { code?: string }).code;
      const refused = code === 'request/not-found' || code === 'identity/denied';
      const same = JSON.stringify(existing) === JSON.stringify(absent);
      if (!refused || !same || leaks(existing, secrets).length > 0) wrong.push({ name, place, existing, absent });
    }
  }
  expect(wrong).toEqual([]);
  expect(attempts).toBeGreaterThan(40);
  expect(await everything(ben, foreign)).toEqual(before);
  const { total } = await owner.audit.list({ search: 'ann', outcome: 'denied', limit: 1 });
  expect(total).toBe(attempts * 2);
  console.log(`${attempts} attempts with ids of somebody else over ${tried.size} calls: 0 answered`);
}, 300_000);

test('nothing that a person may list, count, search or watch holds anything of somebody else, while that one works', async () => {
  const { add } = await openHost();
  const { client: ann } = await add('ann');
  const { client: ben } = await add('ben');
  const mark = `mark-${randomUUID()}`;
  await fill(ann, 'anns');

  const seen: unknown[] = [];
  const stop = new AbortController();
  const streams = procedures().filter(({ streams: does, meta, input }) => does && meta.audit === null && compileIdPaths(input).length < 3);
  const watching = streams.map(async (procedure) => {
    const input = procedure.input ? {} : undefined;
    try {
      for await (const event of (await callOf(ann, procedure)(input, { signal: stop.signal })) as AsyncIterable<unknown>) seen.push(event);
    } catch {
      // Denied to an analyst, or stopped at the end.
    }
  });
  const foreign = await fill(ben, mark);
  await ben.documents.remove({ ids: [foreign.document] });
  const others = await ben.documents.importSamples();
  await delay(1_200);
  const secrets = [...secretsOf(foreign, mark), ...others.map(({ id }) => id)];

  const answered: string[] = [];
  for (const procedure of procedures()) {
    const { name, meta, input, streams: does } = procedure;
    if (does || meta.audit !== null) continue;
    const sampled = input ? sampleInput(input, () => []) : undefined;
    const result = await outcome(ann, procedure, sampled);
    seen.push({ name, result });
    if ('result' in (result as object)) answered.push(name);
  }
  stop.abort();
  await Promise.all(watching);
  expect(answered).toEqual(
    expect.arrayContaining(['documents.list', 'flows.list', 'runs.list', 'chat.list', 'reports.list', 'cases.list', 'monitor.history']),
  );
  expect(seen.filter((value) => leaks(value, secrets).length > 0)).toEqual([]);
  expect(seen.length).toBeGreaterThan(10);
}, 300_000);

test('uploads belong to the connection that sent them', async () => {
  const { add } = await openHost();
  const { client: ann } = await add('ann');
  const { client: ben } = await add('ben');
  const { uploadId } = await ben.files.beginUpload({ name: 'a.txt', size: 1 });
  const source = { kind: 'upload' as const, uploadId };
  const refused = { code: 'files/unknown-upload' };
  await expect(ann.files.appendUpload({ uploadId, offset: 0, base64: 'YQ==' })).rejects.toMatchObject(refused);
  expect(await ann.files.abortUpload({ uploadId })).toEqual({ aborted: false });
  await ben.files.appendUpload({ uploadId, offset: 0, base64: 'YQ==' });
  await expect(ann.documents.import({ files: [{ name: 'a.txt', source }] })).rejects.toMatchObject(refused);
  expect(await ben.documents.import({ files: [{ name: 'a.txt', source }] })).toHaveLength(1);
});

test('a share by case gives what its access says and no more; taking it away ends streams and answers at once', async () => {
  const { add } = await openHost();
  const { client: ben } = await add('ben');
  const { client: ann, person } = await add('ann');
  const shared = await ben.cases.create({ name: 'Shared' });
  const ids = await fill(ben, 'shared', shared.id);
  const personal = await fill(ben, 'private');
  await ben.cases.setMember({ id: shared.id, personId: person.id, access: 'read' });

  expect((await ann.cases.list()).map(({ name, access, personal: own }) => ({ name, access, own }))).toEqual([
    { name: 'ann ann', access: 'lead', own: true },
    { name: 'Shared', access: 'read', own: false },
  ]);
  expect((await ann.documents.list({})).documents.map(({ id }) => id)).toEqual([ids.document]);
  expect((await ann.runs.list({ caseId: shared.id })).total).toBe(1);
  await expect(ann.documents.get({ id: personal.document })).rejects.toMatchObject({ code: 'request/not-found' });
  // Even inside a case a conversation is its person's alone.
  expect(await ann.chat.list({ caseId: shared.id })).toEqual([]);
  await expect(ann.chat.get({ id: ids.conversation })).rejects.toMatchObject({ code: 'request/not-found' });
  await expect(ann.documents.remove({ ids: [ids.document] })).rejects.toMatchObject({ code: 'cases/no-access' });
  await expect(ann.runs.start({ flowId: ids.flow, documentIds: [ids.document] })).rejects.toMatchObject({ code: 'cases/no-access' });
  await expect(ann.cases.setMember({ id: shared.id, personId: person.id, access: 'lead' })).rejects.toMatchObject({
    code: 'cases/no-access',
  });

  // One who may write uses the flow of one case on documents of another that is theirs.
  const own = await fill(ann, 'anns');
  const mixed = await ann.runs.start({ flowId: ids.flow, documentIds: [own.document] });
  expect(mixed.caseId).toBe(own.case);
  await ben.cases.setMember({ id: shared.id, personId: person.id, access: 'write' });
  await expect(ann.runs.start({ flowId: ids.flow, documentIds: [ids.document, own.document] })).rejects.toMatchObject({
    code: 'runs/several-cases',
  });

  const events: string[] = [];
  const stop = new AbortController();
  const all = (async () => {
    for await (const event of await ann.documents.watch(undefined, { signal: stop.signal }))
      events.push(event.type === 'changed' ? event.document.caseId : event.caseId);
  })();
  const one = (async () => {
    for await (const _ of await ann.runs.watch({ runId: ids.run }));
  })();
  await ben.documents.importSamples({ caseId: shared.id });
  while (!events.includes(shared.id)) await delay(20);
  const ended = expect(one).rejects.toMatchObject({ code: 'request/not-found' });
  await ben.cases.setMember({ id: shared.id, personId: person.id, access: null });
  await ended;
  await expect(ann.documents.get({ id: ids.document })).rejects.toMatchObject({ code: 'request/not-found' });
  expect((await ann.documents.list({})).documents.map(({ caseId }) => caseId)).toEqual([own.case]);
  const known = events.length;
  const [document] = await ben.documents.import({ caseId: shared.id, files: [await upload(ben, 'late')] });
  await ben.documents.remove({ ids: [document?.id ?? ''] });
  const mine = await ann.documents.import({ files: [await upload(ann, 'mine')] });
  while (events.length === known) await delay(20);
  expect(new Set(events.slice(known))).toEqual(new Set([mine[0]?.caseId]));
  stop.abort();
  await all.catch(() => undefined);
}, 300_000);

async function upload(client: Client, content: string) {
  const bytes = Buffer.from(content);
  const { uploadId } = await client.files.beginUpload({ name: 'x', size: bytes.length });
  await client.files.appendUpload({ uploadId, offset: 0, base64: bytes.toString('base64') });
  return { name: `${content}.txt`, source: { kind: 'upload' as const, uploadId } };
}
