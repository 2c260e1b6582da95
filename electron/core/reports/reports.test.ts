import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { Report } from '../contract/reports.ts';
import { reportFileNames, sumsFile, sumsSignatureFile, type ReportFiles } from './report-files.ts';
import { noDesign } from './report-design.ts';
import { reportJson } from './report-json.ts';
import { exportReport } from './signing/signing.fixture.ts';
import { finishedRun, openReports, planted } from './reports.fixture.ts';
import { verifyReport } from './verify-report.ts';
import { verifyCommands } from './verify-text.ts';
import { own } from './verify/bytes.ts';
import { readEnvelope } from './verify/envelope.ts';
import { writeSums } from './verify/file-names.ts';
import { checkPdf } from './verify/pdf.ts';
import { readOne } from './verify/verify-extras.ts';
import { checkLeaves, readHead } from './verify/verify-log-proofs.ts';

const run = finishedRun(4);
let vault: ReturnType<typeof openReports>;
let report: Report;
let files: ReportFiles;

beforeAll(async () => {
  vault = openReports(run);
  report = await vault.reports.create(vault.act('reports.create'), { kind: 'run', runIds: [run.id], language: 'zh-CN' });
  files = new Map(
    vault.reports
      .export(vault.act('reports.export'), { id: report.id })
      .files.map(({ name, base64 }) => [name, new Uint8Array(Buffer.from(base64, 'base64'))]),
  );
});
afterAll(() => vault.close());

const content = (name: string, from: ReportFiles = files) => Buffer.from(from.get(name) ?? []);
const failing = async (changed: ReportFiles) => [
  ...new Set((await verifyReport(changed)).checks.filter(({ ok }) => !ok).map(({ file }) => file)),
];
const withFile = (name: string, bytes: Uint8Array) => new Map([...files, [name, bytes]]);
const flipped = (bytes: Uint8Array, at: number, bit: number) => bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit));

test('a report is kept whole, audited, and verifies with and without its vault', async () => {
  expect(report).toMatchObject({ runIds: [run.id], createdBy: 'ada', title: '运行报告：文件受理 Document intake' });
  expect(report.files.map(({ name }) => name)).toEqual(reportFileNames);
  expect(vault.reports.list({ caseIds: ['case-1'], runId: run.id })).toEqual([report]);
  expect(vault.reports.list({ caseIds: ['case-1'], runId: 'another' })).toEqual([]);
  const { verified, checks } = await verifyReport(files);
  expect({ verified, files: new Set(checks.map(({ file }) => file)) }).toEqual({ verified: true, files: new Set(reportFileNames) });
  expect(await vault.reports.verify({ id: report.id, language: 'en' })).toMatchObject({ verified: true });
  const { entries } = vault.audit.list({ search: report.id, limit: 9 });
  expect(entries.map(({ action }) => action)).toEqual(['reports.export', 'reports.create']);
  expect(await vault.audit.verify()).toMatchObject({ ok: true });
});

test('nothing that was found in the documents is in any file, masked forms are', async () => {
  const pdf = await getDocument({ data: new Uint8Array(content('report.pdf')), useSystemFonts: false }).promise;
  let visible = '';
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    visible += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  await pdf.loadingTask.destroy();
  for (const text of [visible, ...reportFileNames.map((name) => content(name).toString())]) {
    const squeezed = text.replace(/\s/g, '');
    for (const value of planted) expect(squeezed).not.toContain(value.replace(/\s/g, ''));
  }
  expect(visible).toContain('110105********0021');
  expect(visible).toContain('机密');
  const json = reportJson.parse(JSON.parse(content('report.json').toString()));
  if (json.kind !== 'run') throw new Error(json.kind);
  expect(json.data.identifiers).toEqual({ 'cn-resident-id': 4, 'bank-card': 4, 'cn-mobile': 4, email: 4 });
  expect(json.data.runs[0]?.items[0]?.result).toMatchObject({
    fields: { mobile: '138****5678', part: '**********', amounts: [1200, '¥ 3,600.00'] },
    text: { characters: expect.any(Number) },
  });
  // The import of the document whose name is a telephone number is proven by its hash alone.
  expect(json.audit.leaves.map(({ leaf }) => leaf !== null)).toEqual([false, true, true, true, true, true]);
});

const commands = verifyCommands({ at: null, timeStamp: false, sm2: false, witnesses: [] });
const tools = ['openssl', 'pdfsig', 'sha256sum'].every((tool) => spawnSync(tool, ['--help']).error === undefined);

test.skipIf(!tools)('the commands of VERIFY.txt succeed as they stand there, and fail after a change', () => {
  const folder = join(vault.folder, 'report');
  mkdirSync(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  for (const command of commands) {
    expect(content('VERIFY.txt').toString()).toContain(`   ${command}\n`);
    const output = execFileSync('sh', ['-c', `${command} 2>&1`], { cwd: folder }).toString();
    expect(output, command).toMatch(/Verified Successfully|: OK|CAdES Verification successful|Signature is Valid|sha256 Fingerprint=/);
    if (command.startsWith('pdfsig')) expect(output).toContain('Total document signed');
  }
  const change = (name: string) => writeFileSync(join(folder, name), flipped(content(name), Math.floor(content(name).length / 2), 0));
  for (const name of ['report.json', 'note', sumsFile]) change(name);
  const [sums = '', hashes = '', cades = '', , checkpoint = ''] = commands;
  for (const command of [sums, hashes, cades, checkpoint])
    expect(spawnSync('sh', ['-c', command], { cwd: folder }).status, command).not.toBe(0);
  writeFileSync(join(folder, 'report.pdf'), flipped(content('report.pdf'), 2000, 0));
  expect(spawnSync('pdfsig', ['report.pdf'], { cwd: folder }).stdout.toString()).not.toContain('Signature is Valid');
});

test.each(reportFileNames)('one changed byte in %s is found and the file named', async (name) => {
  const bytes = new Uint8Array(content(name));
  const step = Math.max(1, Math.floor(bytes.length / 300));
  for (let at = 0; at < bytes.length; at += step)
    expect(await failing(withFile(name, flipped(bytes, at, at % 8))), `byte ${at}`).toEqual([name]);
  expect(await failing(withFile(name, flipped(bytes, bytes.length - 1, 0)))).toEqual([name]);
});

test.each(reportFileNames)('%s cut, lengthened, emptied, respaced or taken away is named', async (name) => {
  const bytes = content(name);
  const changes = [
    bytes.subarray(0, -1),
    Buffer.concat([bytes, Buffer.from('\n')]),
    Buffer.alloc(0),
    Buffer.concat([Buffer.from('\r\n'), bytes]),
  ];
  for (const changed of changes) expect(await failing(withFile(name, changed))).toContain(name);
  expect(await failing(new Map([...files].filter(([other]) => other !== name)))).toEqual([name]);
});

test('a file too many is named', async () => {
  expect(await failing(withFile('readme.html', Buffer.from('hello')))).toEqual(['readme.html']);
});

/** What somebody without the vault's keys can do at best: seal the list anew with a key of his own. */
async function resealed(changes: Record<string, Uint8Array>): Promise<ReportFiles> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const forged = new Map([
    ...files,
    ['log.pub', Buffer.from(publicKey.export({ format: 'pem', type: 'spki' }))] as const,
    ...Object.entries(changes),
  ]);
  const sums = await writeSums(new Map([...forged].map(([name, bytes]) => [name, own(bytes)])));
  return new Map([...forged, [sumsFile, sums], [sumsSignatureFile, sign(null, sums, privateKey)]]);
}

test('a report sealed anew with another key does not verify', async () => {
  expect(await failing(await resealed({}))).toEqual(['log.pub']);
  const json = reportJson.parse(JSON.parse(content('report.json').toString()));
  const edited = Buffer.from(canonicalJson({ ...json, createdBy: 'somebody else' }));
  expect(await failing(await resealed({ 'report.json': edited }))).toEqual(['report.json.p7s', 'log.pub', 'report.pdf']);
  const pdf = content('report.pdf');
  expect(await failing(await resealed({ 'report.pdf': Buffer.concat([pdf, Buffer.from('%%EOF\n')]) }))).toEqual(['log.pub', 'report.pdf']);
});

test('parts of another vault’s report do not fit', async () => {
  const other = openReports(run);
  try {
    const { id } = await other.reports.create(other.act('reports.create'), { kind: 'run', runIds: [run.id], language: 'en' });
    const theirs = new Map(
      other.reports.export(other.act('reports.export'), { id }).files.map(({ name, base64 }) => [name, Buffer.from(base64, 'base64')]),
    );
    expect((await verifyReport(theirs)).verified).toBe(true);
    for (const name of ['report.pdf', 'report.json.p7s', 'root-ca.crt', 'checkpoint.txt', 'note', 'sig']) {
      expect(await failing(await resealed({ [name]: content(name, theirs) })), name).not.toEqual(['log.pub']);
    }
  } finally {
    other.close();
  }
});

test('a report that follows somebody’s template says that not every word is Redoubt’s', async () => {
  const template = { name: 'Board', sha256: 'ab'.repeat(32) };
  const own = { id: 'text-1', title: 'Result', blocks: [{ type: 'text' as const, text: 'All is well.' }] };
  const arrange = () => Promise.resolve({ template, sections: [own] });
  const designed = openReports(run, undefined, undefined, undefined, { ...noDesign, arrange });
  onTestFinished(() => designed.close());
  const told = await verifyReport(await exportReport(designed, run));
  expect(told).toMatchObject({ verified: true, notProven: expect.arrayContaining([expect.stringContaining('the template “Board”')]) });
  expect((await verifyReport(files)).notProven.join('\n')).not.toContain('template');
});

test('names that look like parts of a PDF signature change nothing', async () => {
  const forged = String.raw`/ByteRange [0 1 2 3] /Contents <00>`;
  // The same, spelt by the bytes of UTF-16.
  const wide = '\u2f42\u7974\u6552\u616e\u6765\u5b30\u2031\u2032\u2033\u5d20';
  const odd = { ...finishedRun(1), flowName: `${forged} ${wide}`, startedBy: forged };
  const vault = openReports(odd);
  onTestFinished(() => vault.close());
  expect(await verifyReport(await exportReport(vault, odd))).toMatchObject({ verified: true });
});

test('one signer signs PDF and JSON, and no audit entry counts twice', async () => {
  const [json, root] = [own(content('report.json')), readOne(own(content('root-ca.crt')))];
  const envelope = readEnvelope(json);
  const head = envelope && (await readHead(envelope));
  if (!root || !head) throw new Error('the report has no root or no head');
  expect(await checkPdf(own(content('report.pdf')), json, root, root)).toBe('other-certificate');
  const [first] = envelope.audit.leaves;
  if (!first) throw new Error('the report has no entries');
  expect(await checkLeaves(envelope, head)).toMatchObject({ ok: true });
  const twice = { ...envelope, audit: { ...envelope.audit, leaves: [first, ...envelope.audit.leaves] } };
  expect(await checkLeaves(twice, head)).toMatchObject({ ok: false, code: 'leaf-twice' });
});

test('a run that goes on has no report', async () => {
  const running = openReports({ ...run, state: 'running' });
  await expect(running.reports.create(running.act('reports.create'), { kind: 'run', runIds: [run.id], language: 'en' })).rejects.toThrow(
    'still going on',
  );
  running.close();
});
