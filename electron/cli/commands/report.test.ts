import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishedRun, openReports } from '../../core/reports/reports.fixture.ts';
import { run } from '../run.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'redoubt-report-'));
  const finished = finishedRun(2);
  const { reports, act, close } = openReports(finished);
  const { id } = await reports.create(act('reports.create'), { kind: 'run', runIds: [finished.id], language: 'en' });
  for (const { name, base64 } of reports.export(act('reports.export'), { id }).files)
    writeFileSync(join(folder, name), Buffer.from(base64, 'base64'));
  close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const verify = (...options: string[]) => run(['report', 'verify', folder, ...options], new AbortController().signal, () => undefined);

test('a report verifies without a vault; a changed byte ends in exit status 1 and the name of the file', async () => {
  const good = await verify('--json');
  expect({ exit: good.exit, result: JSON.parse(good.stdout) }).toMatchObject({ exit: 0, result: { verified: true } });
  const file = join(folder, 'VERIFY.txt');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.with(7, 0));
  const bad = await verify();
  expect(bad.exit).toBe(1);
  expect(bad.stdout).toContain('does NOT verify: VERIFY.txt.');
});
