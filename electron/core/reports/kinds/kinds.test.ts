import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, test } from 'vitest';
import type { Client } from '../../../local/client.ts';
import { fill, openHost, password } from '../../cases/people.fixture.ts';
import type { NewAttestation } from '../../contract/attestations.ts';
import { reportLanguage } from '../../contract/reports.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { reportJson, type ReportJson } from '../report-json.ts';

/** Real processes, and each report is signed and read back. */
const long = { timeout: 180_000 };

type Files = { files: readonly { name: string; base64: string }[] };
type Of<K extends ReportJson['kind']> = Extract<ReportJson, { kind: K }>;

const bytesOf = ({ files }: Files, name: string) => Buffer.from(files.find((file) => file.name === name)?.base64 ?? '', 'base64');

function jsonOf<K extends ReportJson['kind']>(files: Files, kind: K): Of<K> {
  const report = reportJson.parse(JSON.parse(bytesOf(files, 'report.json').toString()));
  if (report.kind !== kind) throw new Error(report.kind);
  return report as Of<K>;
}

/** What a reader sees of the PDF, without white space. */
async function pdfText(files: Files): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(bytesOf(files, 'report.pdf')), useSystemFonts: false }).promise;
  let text = '';
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const { items } = await (await pdf.getPage(page)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  await pdf.loadingTask.destroy();
  return text.replace(/\s/g, '');
}

/** Makes, checks and exports one; every section of report.json stands in the PDF. */
async function attest<K extends NewAttestation['kind']>(client: Client, input: Extract<NewAttestation, { kind: K }>) {
  const made = await client.attestations.create(input);
  const { verified, checks } = await client.attestations.verify({ id: made.id });
  expect(
    checks.filter(({ ok }) => !ok),
    made.title,
  ).toEqual([]);
  expect(verified, made.title).toBe(true);
  const files = await client.attestations.export({ id: made.id });
  const report = jsonOf<K>(files, input.kind);
  const shown = await pdfText(files);
  for (const { title } of (report as ReportJson).sections) expect(shown, title).toContain(title.replace(/\s/g, ''));
  return { made, report, text: JSON.stringify(report) + shown };
}

const leavesOf = ({ audit }: ReportJson) =>
  audit.leaves.flatMap(({ leaf }) => (leaf === null ? [] : [JSON.parse(leaf) as { action: string }]));

test('a case tells its leader what it is, in both languages, and nobody else', long, async () => {
  const { add } = await openHost();
  const { client: ann } = await add('ann');
  const { client: ben, person: benPerson } = await add('ben');
  const { id } = await ann.cases.create({
    name: 'Claim 7',
    classification: 'confidential',
    purpose: 'Settling a claim',
    retentionDays: 30,
  });
  await ann.cases.setMember({ id, personId: benPerson.id, access: 'write' });
  const ids = await fill(ann, 'letter', id);
  const path = join(temporaryFolder(), 'gone.txt');
  writeFileSync(path, 'Nothing of interest');
  const [second] = await ann.documents.import({ caseId: id, files: [{ name: 'gone.txt', source: { kind: 'path', path } }] });
  await ann.documents.remove({ ids: [second?.id ?? ''] });
  await expect(ben.reports.create({ kind: 'case', caseId: id, language: 'en' })).rejects.toMatchObject({ code: 'cases/no-access' });
  await ann.cases.setState({ id, state: 'closed' });
  for (const language of reportLanguage.options) {
    const made = await ann.reports.create({ kind: 'case', caseId: id, language });
    expect(made).toMatchObject({ kind: 'case', caseId: id, runIds: [], language });
    const files = await ann.reports.export({ id: made.id });
    expect(await ann.reports.verify({ id: made.id })).toMatchObject({ verified: true });
    const report = jsonOf(files, 'case');
    expect(report.data.case).toMatchObject({
      name: 'Claim 7',
      purpose: 'Settling a claim',
      retentionDays: 30,
      ownRetention: true,
      state: 'closed',
    });
    expect(report.data.people.map(({ userName, access }) => [userName, access])).toEqual([
      ['ann', 'lead'],
      ['ben', 'write'],
    ]);
    expect(report.data.documents.find((document) => document.id === ids.document)).toMatchObject({ identifiers: { 'cn-mobile': 1 } });
    expect(report.data.deletions).toMatchObject([{ action: 'documents.remove', subject: second?.id, actor: 'ann' }]);
    expect(report.data.runs).toMatchObject([{ id: ids.run, items: 1 }]);
    expect(report.data.audit.actions).toMatchObject({ 'cases.create': 1, 'runs.start': 1, 'documents.remove': 1 });
    expect(report.sections.flatMap(({ blocks }) => blocks).some(({ type }) => type === 'chart')).toBe(true);
    expect(report.audit.leaves.length).toBe(report.data.audit.entries);
    expect(leavesOf(report).map(({ action }) => action)).toContain('documents.remove');
    expect(JSON.stringify(report) + (await pdfText(files))).not.toContain('13900000417');
  }
});

test('an audit administrator gets every attestation and no content of any case', long, async () => {
  const { add, owner, signIn } = await openHost();
  const { client: ann, person } = await add('ann');
  const shared = await ann.cases.create({ name: 'Secretname', classification: 'secret', purpose: 'Secretpurpose' });
  const ids = await fill(ann, 'secretmark', shared.id);
  const { sha256: digest } = await ann.documents.get({ id: ids.document });
  await ann.reports.export({ id: ids.report });
  await ann.identity.exportOwn();
  const administrator = (userName: string) => ({ userName, displayName: userName, password });
  await owner.keys.confirmRecovery(await owner.keys.beginRecovery());
  await owner.identity.separateDuties({
    system: administrator('sys'),
    security: administrator('sec'),
    audit: administrator('aud'),
    ownRole: 'viewer',
  });
  const administratorClient = async (userName: string) => {
    const client = await signIn(userName);
    await client.identity.changePassword({ currentPassword: password, newPassword: 'Velvet anchor fifteen 7' });
    return client;
  };
  const sec = await administratorClient('sec');
  const aud = await administratorClient('aud');
  const choices = await aud.attestations.choices();
  expect(choices.people.map(({ userName }) => userName)).toContain('ann');
  const modelId = choices.models[0]?.id ?? '';

  const create = (input: NewAttestation) => aud.attestations.create(input);
  const inputs: NewAttestation[] = [
    { kind: 'person', personId: person.id, language: 'en' },
    { kind: 'model', modelId, language: 'zh-CN' },
    { kind: 'access', language: 'en' },
    { kind: 'compliance', framework: 'gbt22239', language: 'zh-CN' },
    { kind: 'compliance', framework: 'pipl', language: 'en' },
    { kind: 'compliance', framework: 'hipaa', language: 'zh-CN' },
    { kind: 'egress', from: 0, to: Date.now() + 1000, language: 'zh-CN' },
  ];
  for (const input of inputs) {
    const made = await create(input);
    expect(await aud.attestations.verify({ id: made.id, language: input.language })).toMatchObject({ verified: true });
  }
  const all = await aud.attestations.list();
  expect(all).toHaveLength(inputs.length);

  // Exporting is one of the acts that need two here: the security administrator is the other one.
  const exported: string[] = [];
  for (const { id, title } of all) {
    const files = await withApproval(sec, () => aud.attestations.export({ id }));
    const text = bytesOf(files, 'report.json').toString() + (await pdfText(files));
    for (const secret of ['Secretname', 'Secretpurpose', 'secretmark', 'Ada Quill', '13900000417', digest])
      expect(text.includes(secret), `${title}: ${secret}`).toBe(false);
    exported.push(id);
    const report = reportJson.parse(JSON.parse(bytesOf(files, 'report.json').toString()));
    // Three administrators, and nobody who is everything: separated duties are met now.
    if (report.kind === 'compliance' && report.data.framework === 'gbt22239')
      expect(report.data.controls.find(({ reference }) => reference.endsWith('8.1.5.1'))?.status).toBe('met');
  }
  expect(exported).toHaveLength(all.length);

  // Nobody else: not who works in cases, and not by the calls for reports of cases.
  await expect(ann.attestations.list()).rejects.toMatchObject({ code: 'identity/denied' });
  await expect(ann.reports.verify({ id: exported[0] ?? '' })).rejects.toMatchObject({ code: 'request/not-found' });
  await expect(aud.attestations.export({ id: ids.report })).rejects.toMatchObject({
    code: expect.stringMatching(/not-found|approvals/) as string,
  });
  await expect(aud.attestations.verify({ id: ids.report })).rejects.toMatchObject({ code: 'reports/not-found' });
  await expect(create({ kind: 'egress', from: 5, to: 5, language: 'en' })).rejects.toMatchObject({ code: 'reports/bad-period' });
  await expect(create({ kind: 'model', modelId: 'none', language: 'en' })).rejects.toMatchObject({ code: 'models/not-found' });
});

/** Does what needs a second person, who lets it pass. */
async function withApproval<T>(second: Client, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code !== 'approvals/required') throw error;
    for (const { id, state } of await second.approvals.list())
      if (state === 'waiting') await second.approvals.decide({ id, approved: true });
    return work();
  }
}

test('person, model, access and egress say what the vault holds, with the leaves that prove it', long, async () => {
  const { add, owner } = await openHost();
  const { client: ann, person } = await add('ann');
  const ids = await fill(ann, 'letter');
  await ann.reports.export({ id: ids.report });
  await owner.identity.exportPerson({ id: person.id });
  const { client: lena, person: late } = await add('lena', 'viewer');
  // A token locks itself after a few wrong PINs, so that nobody tries who makes no reports.
  await expect(lena.signing.unlockToken({ pin: '0000' })).rejects.toMatchObject({ code: 'identity/denied' });
  await expect(ann.signing.unlockToken({ pin: '0000' })).rejects.toMatchObject({ code: 'signing/no-token' });
  await lena.identity.signOut();
  await owner.identity.setPersonStatus({ id: late.id, status: 'disabled' });

  const about = await attest(owner, { kind: 'person', personId: person.id, language: 'en' });
  const entries = Object.fromEntries(about.report.data.categories.map(({ category, entries: count }) => [category, count]));
  expect(entries).toMatchObject({ profile: 1, documents: 1, flows: 1, runs: 1, conversations: 1, reports: 1, cases: 1 });
  expect(about.report.data.categories.find(({ category }) => category === 'documents')?.leftOut).toEqual(['case-content']);
  expect(about.report.data.acts).toMatchObject({ 'runs.start': 1, 'documents.import': 1 });
  expect(about.report.data.actsOn).toContainEqual(expect.objectContaining({ action: 'identity.create-person', by: 'another' }));
  // Who else acted on the account is withheld; that somebody did is proven.
  expect(about.text).not.toContain('"actor":"ida"');
  expect(about.report.audit.leaves.length).toBeGreaterThan(leavesOf(about.report).length);

  // A witness outside has seen the log: the report brings its head and the proof, and the gap that is left.
  expect(about.report.audit.witness).toMatchObject({ cosigned: null });
  const witness = await owner.witness.add({ kind: 'folder', folder: temporaryFolder(), create: { name: 'safe' } });
  await owner.witness.cosign({ id: witness.id });
  const access = await attest(owner, { kind: 'access', language: 'zh-CN' });
  const marks = Object.fromEntries(access.report.data.people.map(({ userName, marks: found }) => [userName, found]));
  expect(marks).toEqual({ ida: ['no-second-factor'], ann: [], lena: ['disabled-with-slot'] });
  expect(access.report.data.cases.flatMap(({ members }) => members.map(({ userName }) => userName))).toContain('ann');
  expect(leavesOf(access.report).map(({ action }) => action)).toContain('identity.set-person-status');

  const { cosigned, statement } = access.report.audit.witness;
  expect(cosigned).toMatchObject({ checkpoint: expect.stringContaining('— safe ') as string });
  expect(statement).toContain('safe');
  const egress = await attest(owner, { kind: 'egress', from: 0, to: Date.now() + 1000, language: 'en' });
  const done = Object.fromEntries(egress.report.data.channels.map(({ channel, done: count }) => [channel, count]));
  expect(done).toMatchObject({ reports: 1, people: 1, backups: 0, directory: 0 });
  expect(egress.report.data.unproven).not.toContain('rolled-back');
  expect(done['witness']).toBeGreaterThan(0);
  expect(egress.report.data.network.connected).toEqual([]);
  expect((await attest(owner, { kind: 'egress', from: 0, to: 1000, language: 'zh-CN' })).report.data.entries).toEqual([]);

  const model = (await owner.models.list())[0];
  if (!model) throw new Error('no model ships');
  const card = await attest(owner, { kind: 'model', modelId: model.id, language: 'zh-CN' });
  expect(card.report.data.card).toMatchObject({ sha256: model.sha256, storage: 'built-in' });
});
