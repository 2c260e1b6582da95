import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { scan } from '../masking/scan.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openRuns, plantedId } from './runs.fixture.ts';

const count = 24;
const mostKills = 6;

/** Runs the runner; kills it (signal 9) `after` milliseconds from its first line. True if it had finished before. */
async function lifetime(folder: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'runner.fixture.ts'), folder, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const ready = new Promise<void>((resolve) => child.stdout.on('data', (data: Buffer) => ((output += data.toString()), resolve())));
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  await Promise.race([ready, ended]);
  await Promise.race([delay(after), ended]);
  child.kill('SIGKILL');
  await ended;
  return output.includes('finished');
}

test('killed with signal 9 at random moments, a run ends with every result once and every effect once', async () => {
  const folder = temporaryFolder();
  let kills = 0;
  while (kills < mostKills && !(await lifetime(folder, Math.random() * 120))) kills += 1;
  if (kills === mostKills) expect(await lifetime(folder, 60_000)).toBe(true);
  expect(kills).toBeGreaterThan(0);

  const { runs, db, audit, caseId, close } = openRuns(folder);
  const { runs: all } = runs.list({ caseIds: [caseId], offset: 0, limit: 10 });
  expect(all).toHaveLength(1);
  const run = runs.get(all[0]?.id ?? '');
  expect(run).toMatchObject({ state: 'succeeded', itemCount: count, itemsSucceeded: count, itemsFailed: 0 });
  const archived = db.prepare('SELECT document_id AS id, idempotency_key AS key, content FROM archive_records').all() as {
    id: string;
    key: string;
    content: string;
  }[];
  expect(archived.map(({ id }) => id).sort()).toEqual(run.items.map(({ documentId }) => documentId).sort());
  for (const { index, documentId, result } of run.items) {
    const record = archived.find(({ key }) => key === `${run.id}/${index}/archive`);
    expect(result).toMatchObject({ text: expect.stringContaining(`Document ${documentId}\n`) as string, record: { collection: 'intake' } });
    expect(JSON.parse(record?.content ?? '')).toMatchObject({ text: result?.['text'] });
    for (const value of [JSON.stringify(result), record?.content ?? '']) {
      expect(value).not.toContain(plantedId);
      expect(scan(value)).toEqual([]);
    }
  }
  for (let item = 0; item < count; item += 1) {
    const states = run.steps.filter((step) => step.item === item).map(({ nodeId, state }) => `${nodeId} ${state}`);
    expect(states).toEqual([
      'input succeeded',
      'read succeeded',
      'clean succeeded',
      'extract skipped',
      'check skipped',
      'mask succeeded',
      'archive succeeded',
      'output succeeded',
    ]);
  }
  const leaves = (action: string) => audit.list({ search: action, limit: 500 }).entries.filter((entry) => entry.action === action).length;
  expect({ stored: leaves('archive.store'), finished: leaves('runs.finish') }).toEqual({ stored: count, finished: 1 });
  expect(await audit.verify()).toMatchObject({ ok: true });
  await close();
}, 120_000);
