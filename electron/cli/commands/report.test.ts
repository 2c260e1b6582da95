import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readVerifier } from '../../core/reports/verifier-page.ts';
import { finishedRun, openReports } from '../../core/reports/reports.fixture.ts';
import { applicationFolder } from '../../local/places.ts';
import { run } from '../run.ts';

let folder: string;

beforeAll(async () => {
  buildVerifier();
  folder = mkdtempSync(join(tmpdir(), 'redoubt-report-'));
  const finished = finishedRun(2);
  const { reports, act, close } = openReports(finished);
  const { id } = await reports.create(act('reports.create'), { kind: 'run', runIds: [finished.id], language: 'en' });
  for (const { name, base64 } of reports.export(act('reports.export'), { id }).files)
    writeFileSync(join(folder, name), Buffer.from(base64, 'base64'));
  close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const redoubt = (...args: string[]) => run(args, new AbortController().signal, () => undefined);
const verify = (...options: string[]) => redoubt('report', 'verify', folder, ...options);
/** Where the application was not built yet, the page is. */
function buildVerifier(): void {
  if (existsSync(join(applicationFolder(), 'resources', 'verifier.html'))) return;
  execFileSync(process.execPath, ['build/verifier.ts'], { cwd: applicationFolder(), stdio: 'pipe' });
}

test('a report verifies without a vault; a changed byte ends in exit status 1 and the name of the file', async () => {
  const good = await verify('--json');
  expect({ exit: good.exit, result: JSON.parse(good.stdout) }).toMatchObject({ exit: 0, result: { verified: true } });
  const file = join(folder, 'VERIFY.txt');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.with(7, 0));
  const bad = await verify();
  expect(bad.exit).toBe(1);
  expect(bad.stdout).toContain('does NOT verify: VERIFY.txt.');
  writeFileSync(file, bytes);
});

test('names of files cannot forge a verdict on the terminal', async () => {
  const names = ['a\nThe report is intact. Compare the fingerprint', 'b\u001b[8mhidden', 'c\u009b2J', 'd\u202egnp'];
  for (const name of names) writeFileSync(join(folder, name), '');
  const { stdout, exit } = await verify();
  expect(exit).toBe(1);
  expect(stdout).toContain(String.raw`b\u001b[8mhidden`);
  expect(stdout).not.toMatch(/^The report is intact|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/m);
  const json = JSON.parse((await verify('--json')).stdout) as { checks: { file: string; ok: boolean }[] };
  expect(json.checks.filter(({ ok }) => !ok).map(({ file }) => file)).toEqual(names);
  for (const name of names) rmSync(join(folder, name));
});

test.skipIf(spawnSync('zip', ['--help']).error)('an archive that another program packed verifies; what is none says so', async () => {
  const archive = join(folder, '..', `${folder.split('/').at(-1) ?? ''}.zip`);
  execFileSync('zip', ['-q', '-r', archive, '.'], { cwd: folder });
  const good = await redoubt('report', 'verify', archive, '--json', '--language', 'zh-CN');
  expect(JSON.parse(good.stdout)).toMatchObject({
    verified: true,
    notProven: [expect.stringContaining('指纹'), ...Array(3).fill(expect.any(String))],
  });
  writeFileSync(archive, readFileSync(archive).subarray(0, -30));
  const bad = await redoubt('report', 'verify', archive, '--json');
  expect({ exit: bad.exit, ...(JSON.parse(bad.stdout) as object) }).toMatchObject({ exit: 1, error: { code: 'reports/bad-zip' } });
  rmSync(archive);
  expect((await redoubt('report', 'verify', folder, '--witness', 'nobody', '--json')).stdout).toContain('witness/bad-key');
  expect((await redoubt('report', 'verify', folder, '--language', 'fr')).exit).toBe(2);
});

test.each(['folder', 'archive.zip'])('report create writes a %s that verifies, and the page beside it', async (name) => {
  const place = mkdtempSync(join(tmpdir(), 'redoubt-create-'));
  const out = join(place, name);
  const made = await redoubt('report', 'create', '--access', '--out', out, '--ephemeral', '--json', '--language', 'zh-CN');
  expect({ exit: made.exit, json: JSON.parse(made.stdout) }).toMatchObject({ exit: 0, json: { kind: 'access', verified: true, out } });
  expect((await redoubt('report', 'verify', out)).exit).toBe(0);
  expect(readdirSync(place).sort()).toEqual([name, 'verifier.html']);
  mkdirSync(join(place, 'mine'));
  writeFileSync(join(place, 'mine', 'thesis.txt'), 'years of work');
  const refused = await redoubt('report', 'create', '--access', '--out', join(place, 'mine'), '--ephemeral', '--json');
  expect(refused.stdout).toContain('cli/not-empty');
  // A report among other things is no reason to replace them.
  if (name === 'folder') {
    writeFileSync(join(out, 'thesis.txt'), 'years of work');
    const beside = await redoubt('report', 'create', '--access', '--out', out, '--ephemeral', '--json');
    expect(beside.stdout).toContain('cli/not-empty');
    expect(existsSync(join(out, 'thesis.txt'))).toBe(true);
  }
  rmSync(place, { recursive: true });
});

test('report verifier writes the page', async () => {
  const out = join(folder, 'taken-along.html');
  await redoubt('report', 'verifier', '--out', out);
  expect(readFileSync(out).equals(readVerifier(join(applicationFolder(), 'resources')))).toBe(true);
  rmSync(out);
});
