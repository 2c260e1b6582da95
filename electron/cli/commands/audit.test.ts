import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHost } from '../../core/cases/people.fixture.ts';
import { temporaryFolder } from '../../core/testing/folder.ts';
import type { Command, CommandContext } from '../command.ts';
import { auditExport, auditProve, auditSearch } from './audit.ts';

test('entries are found, proven and exported from the command line', { timeout: 120_000 }, async () => {
  const { host, owner } = await openHost();
  const run = async (command: Command, args: readonly string[] = [], values: CommandContext['values'] = {}) =>
    command.run({
      args,
      values,
      json: true,
      signal: new AbortController().signal,
      progress: () => undefined,
      withVault: (work) => work({ client: owner, host }),
    });
  await owner.cases.create({ name: '甲案', classification: 'internal', purpose: '' });
  const found = await run(auditSearch, ['cases'], { action: 'cases.create', from: '2020-01-01', limit: '5' });
  expect(found.json).toMatchObject({ total: 1, entries: [{ action: 'cases.create', outcome: 'done' }] });
  expect((await run(auditSearch, ['nothing', 'of', 'this'])).text).toBe('No entry fits.');
  await expect(run(auditSearch, [], { outcome: 'good' })).rejects.toThrow('An outcome is one of');
  await expect(run(auditSearch, [], { from: 'yesterday' })).rejects.toThrow('Give a time');

  const folder = temporaryFolder();
  const out = join(folder, 'entry.tlog-proof');
  expect((await run(auditProve, [], { sequence: '0', out })).json).toMatchObject({ sequence: 0, witnesses: [] });
  expect(readFileSync(out, 'utf8')).toMatch(/^c2sp\.org\/tlog-proof@v1\nextra [\w+/=]+\nindex 0\n/);
  await expect(run(auditProve, [], { sequence: '99999' })).rejects.toMatchObject({ code: 'audit/no-entry' });
  await expect(run(auditProve)).rejects.toThrow('Name an entry');

  const files = join(folder, 'files');
  mkdirSync(files);
  expect((await run(auditExport, [], { format: 'cef', out: files, last: '1' })).json).toMatchObject({ files: [{ first: 0, last: 1 }] });
  expect(readdirSync(files)).toHaveLength(1);
  await expect(run(auditExport, [], { format: 'pdf', out: files })).rejects.toThrow('A format is one of');
});
