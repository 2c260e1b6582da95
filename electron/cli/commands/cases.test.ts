import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHost } from '../../core/cases/people.fixture.ts';
import type { Json } from '../../core/contract/base.ts';
import { temporaryFolder } from '../../core/testing/folder.ts';
import type { Command, CommandContext } from '../command.ts';
import { casesCreate, casesList, casesRemove } from './cases.ts';
import { flowsRun } from './flows.ts';

test('a case is made, worked in and deleted from the command line', async () => {
  const { host, owner } = await openHost();
  const run = (command: Command, args: readonly string[], values: CommandContext['values'] = {}) =>
    command.run({
      args,
      values,
      json: true,
      signal: new AbortController().signal,
      progress: () => undefined,
      withVault: (work) => work({ client: owner, host }),
    });
  const { json: created } = await run(casesCreate, ['Claim 7'], { label: 'secret', purpose: 'Settling' });
  expect(created).toMatchObject({ name: 'Claim 7', classification: 'secret', purpose: 'Settling' });
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.txt'), 'Name: Ada Quill');
  const ran = await run(flowsRun, ['Document intake', join(folder, 'a.txt')], { case: 'claim 7' });
  expect(ran).toMatchObject({ json: { run: { state: 'succeeded' } }, exit: 0 });
  expect(await owner.runs.list({})).toMatchObject({ total: 1, runs: [{ caseId: (created as { id: string }).id }] });
  await expect(run(flowsRun, ['Document intake', join(folder, 'a.txt')], { case: 'none' })).rejects.toMatchObject({
    code: 'cases/no-such-case',
  });

  const { json: listed, text } = await run(casesList, []);
  expect((listed as { name: string }[]).map(({ name }) => name)).toEqual(['Ida', 'Claim 7']);
  expect(text).toContain('Claim 7  (secret, open, 1 documents, 1 runs)');
  expect(() => run(casesRemove, ['Claim 7'])).toThrow('--confirm');
  const removed = await run(casesRemove, ['Claim 7'], { confirm: 'Claim 7' });
  expect(removed).toMatchObject({ json: { documents: 1, runs: 1, rowsLeft: 0, blobsLeft: 0 }, exit: 0 });
  expect(((await run(casesList, [])).json as Json[]).length).toBe(1);
}, 300_000);
