import { expect, test } from 'vitest';
import type { RunEvent } from '../contract/runs.ts';
import { AppError } from '../errors.ts';
import { fixtureExtraction } from '../nodes/fixtures.ts';
import { seesAll } from '../testing/case.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { documentIds, documents, openRuns, plantedId } from './runs.fixture.ts';

type Opened = ReturnType<typeof openRuns>;

/** All events of a run until it has ended. */
async function ended({ runs }: Opened, id: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runs.watch(id, seesAll)) {
    events.push(event);
    if (event.type === 'run' && event.run.finishedAt !== null) break;
  }
  return events;
}
const start = (open: Opened, count: number, idempotencyKey?: string) =>
  open.runs.start(open.act('runs.start'), { flowId: open.flowId, documentIds: documentIds(count), idempotencyKey });

test('a run masks fields and text, says whose the text is that a model is asked about, and shows what went in and out of each step', async () => {
  const asked: unknown[] = [];
  const open = openRuns(temporaryFolder(), {
    inference: {
      extract: async (request) => {
        asked.push(request);
        return fixtureExtraction({ name: '张三', id_number: plantedId, phone: null });
      },
    },
  });
  const { id } = start(open, 1);
  await ended(open, id);
  const [item] = open.runs.get(id).items;
  expect(item).toMatchObject({
    state: 'succeeded',
    result: {
      text: 'Document d0\n身份证号 110105********0021 手机 138****8000',
      fields: { name: '张三', id_number: '110105********0021', phone: null },
      problems: { valid: true },
      findings: [
        { type: 'cn-resident-id', path: 'text' },
        { type: 'cn-mobile' },
        { type: 'cn-resident-id', masked: '110105********0021', path: '$.id_number' },
      ],
    },
  });
  expect(asked).toMatchObject([
    {
      text: expect.stringContaining(plantedId) as string,
      origin: { caseId: 'case-1', subject: id, documents: ['d0'], place: { item: 0, node: 'extract' } },
      schema: { required: ['name', 'id_number', 'phone', 'email', 'account_number', 'date', 'total_amount'] },
    },
  ]);
  expect(open.runs.step(id, 0, 'mask')).toMatchObject({
    attempt: 1,
    inputs: { json: { id_number: plantedId } },
    outputs: { json: { id_number: '110105********0021' } },
  });
  expect(open.runs.step(id, 0, 'extract')).toMatchObject({ state: 'succeeded', tokens: 5, model: 'Tiny' });
  const leaves = open.audit.list({ search: '', limit: 100 }).entries.filter(({ action }) => action !== 'flows.install-samples');
  expect(JSON.stringify(leaves)).not.toContain('张三');
  expect(leaves.map(({ action }) => action)).toEqual(['runs.finish', 'archive.store', 'runs.start']);
  await open.close();
});

test('one bad document does not stop the others, and resume takes it up from its failed step', async () => {
  let broken = true;
  const reader = documents();
  const reads: string[] = [];
  const open = openRuns(temporaryFolder(), {
    documents: {
      ...reader,
      waitUntilRead: (id, signal) => {
        reads.push(id);
        if (broken && id === 'd1') return Promise.reject(new AppError('documents/damaged', 'The file is damaged.'));
        return reader.waitUntilRead(id, signal);
      },
    },
  });
  const { id } = start(open, 3);
  await ended(open, id);
  expect(open.runs.get(id)).toMatchObject({
    state: 'failed',
    itemsSucceeded: 2,
    itemsFailed: 1,
    error: { code: 'runs/items-failed' },
    items: [{ state: 'succeeded' }, { state: 'failed', error: { code: 'documents/damaged' }, result: null }, { state: 'succeeded' }],
  });
  broken = false;
  open.runs.resume(open.act('runs.resume'), id);
  await ended(open, id);
  expect(open.runs.get(id)).toMatchObject({ state: 'succeeded', itemsSucceeded: 3, itemsFailed: 0, error: null });
  expect(reads).toEqual(['d0', 'd1', 'd2', 'd1']);
  expect(open.runs.step(id, 1, 'read').attempt).toBe(2);
  expect(open.runs.step(id, 1, 'input').attempt).toBe(1);
  expect(() => open.runs.resume(open.act('runs.resume'), id)).toThrow(expect.objectContaining({ code: 'runs/not-resumable' }) as Error);
  await open.close();
});

test('a step that lost its worker is tried again, and not for ever', async () => {
  let crashes = 1;
  const open = openRuns(temporaryFolder(), {
    inference: {
      extract: async () => {
        if (crashes-- > 0) throw new AppError('process/unavailable', 'The process ended.');
        return fixtureExtraction({ name: 'Ada' });
      },
    },
  });
  const { id } = start(open, 1);
  await ended(open, id);
  expect(open.runs.step(open.runs.get(id).id, 0, 'extract')).toMatchObject({ state: 'succeeded', attempt: 2 });
  crashes = Number.POSITIVE_INFINITY;
  const second = start(open, 1);
  await ended(open, second.id);
  expect(open.runs.get(second.id)).toMatchObject({ state: 'failed', items: [{ error: { code: 'process/unavailable' } }] });
  expect(open.runs.step(second.id, 0, 'extract').attempt).toBe(4);
  await open.close();
});

test('cancel stops the work under way at once; resume finishes it', async () => {
  let hang = true;
  let aborted = 0;
  const reader = documents();
  const open = openRuns(temporaryFolder(), {
    documents: {
      ...reader,
      waitUntilRead: (id, signal) => {
        if (!hang) return reader.waitUntilRead(id, signal);
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted += 1;
            reject(signal.reason as Error);
          });
        });
      },
    },
  });
  const { id } = start(open, 5);
  expect(open.runs.get(id).items.filter(({ state }) => state === 'running')).toHaveLength(2);
  await new Promise((resolve) => setImmediate(resolve));
  const cancelled = open.runs.cancel(open.act('runs.cancel'), id);
  expect(cancelled).toMatchObject({ state: 'cancelled', itemsSucceeded: 0 });
  await new Promise((resolve) => setImmediate(resolve));
  expect(aborted).toBe(2);
  expect(new Set(open.runs.get(id).items.map(({ state }) => state))).toEqual(new Set(['cancelled']));
  hang = false;
  open.runs.resume(open.act('runs.resume'), id);
  await ended(open, id);
  expect(open.runs.get(id)).toMatchObject({ state: 'succeeded', itemsSucceeded: 5 });
  await open.close();
});

test('the same idempotency key never starts a second run, and leaves a leaf each time', async () => {
  const open = openRuns(temporaryFolder());
  const first = start(open, 2, 'once');
  expect(start(open, 2, 'once').id).toBe(first.id);
  await ended(open, first.id);
  expect(open.runs.list({ caseIds: [open.caseId], offset: 0, limit: 9 }).total).toBe(1);
  expect(open.audit.list({ search: 'runs.start', limit: 9 }).total).toBe(2);
  await open.close();
});

test('a closed vault keeps the run, and it goes on when the vault is opened again', async () => {
  const folder = temporaryFolder();
  const first = openRuns(folder, { documents: documents(30) });
  const { id } = start(first, 6);
  for await (const event of first.runs.watch(id, seesAll)) if (event.type === 'item' && event.item.state === 'succeeded') break;
  await first.close();
  const second = openRuns(folder);
  expect(second.runs.get(id).state).toBe('running');
  second.runs.takeUp();
  await ended(second, id);
  expect(second.runs.get(id)).toMatchObject({ state: 'succeeded', itemsSucceeded: 6 });
  await second.close();
});

test('a batch of thousands takes turns with a small run that came later; watch begins with the present state', async () => {
  const open = openRuns(temporaryFolder());
  const large = start(open, 2000);
  const small = start(open, 3);
  await ended(open, small.id);
  const { itemsSucceeded } = open.runs.get(large.id);
  expect(itemsSucceeded).toBeLessThan(50);
  const watch = open.runs.watch(undefined, seesAll);
  const firstEvent = await watch.next();
  expect(firstEvent.value).toMatchObject({ type: 'run', run: { id: large.id, state: 'running' } });
  await watch.return(undefined);
  open.runs.cancel(open.act('runs.cancel'), large.id);
  await open.close();
});

test('a flow with errors is not started', async () => {
  const open = openRuns(temporaryFolder());
  const { document } = open.flows.get(open.flowId);
  const { id: flowId } = open.flows.create(open.act('flows.create'), open.caseId, { ...document, edges: [] });
  expect(() => open.runs.start(open.act('runs.start'), { flowId, documentIds: ['d0'] })).toThrow(
    expect.objectContaining({ code: 'flows/has-problems' }) as Error,
  );
  expect(open.runs.list({ caseIds: [open.caseId], offset: 0, limit: 9 }).total).toBe(0);
  await open.close();
});

test('the runs of a case are stopped without a trace, and go on when the case stays after all', async () => {
  const open = openRuns(temporaryFolder(), { documents: documents(20) });
  const { id } = start(open, 5);
  for await (const event of open.runs.watch(id, seesAll)) if (event.type === 'item' && event.item.state === 'succeeded') break;
  await open.runs.stopCase(open.caseId);
  const stopped = open.runs.get(id);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(open.runs.get(id)).toEqual(stopped);
  expect(stopped.state).toBe('running');
  open.runs.resumeCase(open.caseId);
  await ended(open, id);
  expect(open.runs.get(id)).toMatchObject({ state: 'succeeded', itemsSucceeded: 5 });
  expect(open.audit.list({ search: 'archive.store', limit: 9 }).total).toBe(5);
  await open.close();
});
