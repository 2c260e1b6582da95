import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../local/client.ts';
import { AuditedAct, systemActor } from '../audit/act.ts';
import { openVaultDatabase } from '../runs/vault.fixture.ts';
import { addCase } from '../testing/case.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { floorCost } from '../vault/kdf.ts';
import { vaultPaths } from '../vault/vault-file.ts';
import { Vault } from '../vault/vault.ts';
import { CaseRemoval, type CaseContents } from './case-removal.ts';
import { fill, openHost, password } from './people.fixture.ts';

const day = 86_400_000;
const code = (expected: string) => ({ code: expected });

/** Rows of any table that hold the text, as `table.column`. */
function rowsWith(folder: string, texts: readonly string[]): Promise<string[]> {
  return new Vault(folder, floorCost).open('ida', { password }).then(({ storage }) => {
    try {
      const tables = storage.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
      return tables.flatMap((table) =>
        (storage.db.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]).flatMap((row) =>
          Object.entries(row).flatMap(([column, value]) =>
            texts.some((text) => String(value).includes(text)) ? [`${table}.${column}`] : [],
          ),
        ),
      );
    } finally {
      storage.close();
    }
  });
}
const blobsIn = (folder: string) =>
  readdirSync(join(folder, 'blobs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

test('a case from its beginning to its end: members, label, closing, retention, legal hold', async () => {
  const { owner, add } = await openHost();
  const { client: ann, person: annPerson } = await add('ann');
  const { client: ben, person: benPerson } = await add('ben');
  const { client: steward, person: stewardPerson } = await add('sam', 'model-steward');
  const made = await ann.cases.create({ name: ' Claim 7 ', classification: 'confidential', purpose: 'Settling' });
  expect(made).toMatchObject({
    name: 'Claim 7',
    personal: false,
    classification: 'confidential',
    purpose: 'Settling',
    state: 'open',
    access: 'lead',
    counts: { documents: 0, flows: 1 },
    members: [{ userName: 'ann', access: 'lead' }],
  });
  const { id } = made;
  expect((await ann.cases.candidates()).map(({ userName }) => userName)).toEqual(['ida', 'ann', 'ben']);
  await expect(ann.cases.setMember({ id, personId: stewardPerson.id, access: 'read' })).rejects.toMatchObject(
    code('cases/not-a-candidate'),
  );
  await expect(steward.cases.create({ name: 'x' })).rejects.toMatchObject(code('identity/denied'));
  expect(await steward.cases.list()).toEqual([]);
  await expect(ann.cases.setMember({ id, personId: annPerson.id, access: 'write' })).rejects.toMatchObject(code('cases/last-lead'));
  await ann.cases.setMember({ id, personId: benPerson.id, access: 'write' });
  await expect(ben.cases.update({ id, name: 'Mine', classification: 'public', purpose: '' })).rejects.toMatchObject(
    code('cases/no-access'),
  );
  const ids = await fill(ben, 'letter', id);

  // Closed, it can be read and led only.
  await ann.cases.setState({ id, state: 'closed' });
  expect((await ben.documents.get({ id: ids.document })).status).toBe('ready');
  await expect(ben.documents.remove({ ids: [ids.document] })).rejects.toMatchObject(code('cases/closed'));
  await expect(ben.documents.importSamples({ caseId: id })).rejects.toMatchObject(code('cases/closed'));
  await expect(ben.chat.rename({ id: ids.conversation, title: 'x' })).rejects.toMatchObject(code('cases/closed'));
  const { closedAt, dueAt } = await ann.cases.setRetention({ id, retentionDays: 30 });
  expect(dueAt).toBe((closedAt ?? 0) + 30 * day);
  expect(await ann.cases.setState({ id, state: 'closed' })).toMatchObject({ closedAt });
  expect(await ann.cases.setState({ id, state: 'open' })).toMatchObject({ closedAt: null, dueAt: null });
  await ann.cases.setState({ id, state: 'closed' });

  // A hold keeps everything, for everybody; only who administers cases sets and lifts it.
  await expect(ann.cases.setLegalHold({ id, reason: 'Lawsuit' })).rejects.toMatchObject(code('identity/denied'));
  await expect(ann.cases.liftLegalHold({ id })).rejects.toMatchObject(code('identity/denied'));
  expect(await owner.cases.setLegalHold({ id, reason: 'Lawsuit' })).toMatchObject({ dueAt: null, access: null, legalHold: { by: 'ida' } });
  await expect(ann.cases.remove({ id, name: 'Claim 7' })).rejects.toMatchObject(code('cases/legal-hold'));
  await ann.cases.setState({ id, state: 'open' });
  await expect(ben.documents.remove({ ids: [ids.document] })).rejects.toMatchObject(code('cases/legal-hold'));
  await expect(ben.flows.remove({ id: ids.flow })).rejects.toMatchObject(code('cases/legal-hold'));
  await expect(ben.chat.remove({ id: ids.conversation })).rejects.toMatchObject(code('cases/legal-hold'));
  await owner.cases.liftLegalHold({ id });
  await expect(ann.cases.remove({ id, name: 'Claim' })).rejects.toMatchObject(code('cases/wrong-name'));
  await expect(ben.cases.remove({ id, name: 'Claim 7' })).rejects.toMatchObject(code('cases/no-access'));

  // From outside: figures and members, no content.
  expect((await owner.cases.list({ all: true })).map(({ name, counts }) => [name, counts.documents])).toContainEqual(['Claim 7', 1]);
  await expect(owner.documents.get({ id: ids.document })).rejects.toMatchObject(code('request/not-found'));
  await expect(ann.cases.list({ all: true })).rejects.toMatchObject(code('identity/denied'));

  const [own] = await ann.cases.list();
  expect(own).toMatchObject({ personal: true, name: 'ann ann' });
  const personal = { id: own?.id ?? '' };
  await expect(ann.cases.setMember({ ...personal, personId: benPerson.id, access: 'read' })).rejects.toMatchObject(code('cases/personal'));
  await expect(ann.cases.setState({ ...personal, state: 'closed' })).rejects.toMatchObject(code('cases/personal'));
  await expect(owner.cases.remove({ ...personal, name: 'ann ann' })).rejects.toMatchObject(code('cases/personal'));
}, 300_000);

describe('verified deletion', () => {
  const many = (client: Client, caseId: string, count: number, mark: string) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const bytes = Buffer.from(`Letter ${index} of ${mark}\n${'words '.repeat(3_000)}`);
        const { uploadId } = await client.files.beginUpload({ name: 'x', size: bytes.length });
        await client.files.appendUpload({ uploadId, offset: 0, base64: bytes.toString('base64') });
        const [document] = await client.documents.import({
          caseId,
          files: [{ name: `${index}-${mark}.txt`, source: { kind: 'upload', uploadId } }],
        });
        return document?.id ?? '';
      }),
    );

  test('leaves nothing of the case, not even of a run that is under way, and proves it', async () => {
    const { host, owner, add } = await openHost();
    const { client: ann } = await add('ann');
    const { client: ben, person } = await add('ben');
    const mark = `mark-${randomUUID()}`;
    const blobsBefore = blobsIn(host.vaultFolder);
    const { id } = await ann.cases.create({ name: `Case ${mark}`, purpose: mark });
    await ann.cases.setMember({ id, personId: person.id, access: 'write' });
    const ids = await fill(ann, mark, id);
    await ben.chat.create({ caseId: id, title: mark });
    // The same content in a case of his own stays his.
    const kept = await fill(ben, 'kept');
    const shared = await ann.documents.importSamples({ caseId: id });
    await ben.documents.importSamples();
    const documentIds = await many(ann, id, 20, mark);
    const run = await ann.runs.start({ flowId: ids.flow, documentIds });
    for await (const event of await ann.runs.watch({ runId: run.id })) if (event.type === 'step') break;

    const proof = await ann.cases.remove({ id, name: `Case ${mark}` });
    expect(proof).toMatchObject({
      caseId: id,
      documents: 1 + shared.length + documentIds.length,
      flows: 2,
      runs: 2,
      conversations: 2,
      reports: 1,
      // Besides the samples: the instructions, the key and the certificate are the same in every report of a vault.
      blobsShared: shared.length + 3,
      rowsLeft: 0,
      blobsLeft: 0,
    });
    expect(proof.blobsErased).toBeGreaterThan(documentIds.length);
    const { entries } = await owner.audit.list({ search: id, limit: 500 });
    expect(entries.find(({ sequence }) => sequence === proof.auditSequence)).toMatchObject({
      action: 'cases.prove-removal',
      subject: id,
      outcome: 'done',
      details: { removedBy: 'ann', blobsErased: proof.blobsErased, rowsLeft: 0, blobsLeft: 0 },
    });
    await expect(ann.cases.get({ id })).rejects.toMatchObject(code('request/not-found'));
    expect((await ben.documents.page({ id: kept.document, number: 1 })).text).toContain('kept');
    expect((await ben.documents.list({})).documents.every(({ status }) => status !== 'failed')).toBe(true);
    await ben.cases.list();
    expect(await owner.audit.verify()).toMatchObject({ ok: true });
    // What ben keeps: his letter, the samples, and the files of his report.
    const report = (await ben.reports.list())[0];
    expect(blobsIn(host.vaultFolder)).toBe(blobsBefore + 1 + shared.length + (report?.files.length ?? 0));
    await host.stop();
    expect(await rowsWith(host.vaultFolder, [mark])).toEqual([]);
  }, 300_000);

  test('is taken up where a crash interrupted it, before the content was erased', async () => {
    const vault = openVaultDatabase(temporaryFolder());
    const { db, blobs, audit } = vault;
    const id = addCase(db, 'doomed');
    const blob = blobs.put(Buffer.from('content'));
    const orphan = blobs.put(Buffer.from('left by a crash'));
    db.prepare(
      "INSERT INTO documents (id, case_id, name, kind, size, sha256, blob, status, imported_at, imported_by) VALUES ('d', ?, 'n', 'text', 7, 's', ?, 'ready', 0, 'ada')",
    ).run(id, blob);
    const contents = (erase: (blob: string) => void): CaseContents => ({
      stop: () => Promise.resolve(),
      resume: () => undefined,
      allBlobs: () => blobs.ids(),
      blobs: () => [blob],
      refersTo: () => false,
      erase,
      isThere: (each) => blobs.diskBytes(each) !== null,
      busy: () => undefined,
    });
    const systemAct = (action: string) => new AuditedAct(db, audit, systemActor, action);
    const crash = () => {
      throw new Error('the power went');
    };
    const removal = new CaseRemoval(db, contents(crash), systemAct);
    await expect(removal.remove(vault.act('cases.remove'), { id, name: 'Doomed' }, () => undefined)).rejects.toThrow('power');
    expect(db.prepare('SELECT count(*) FROM documents').pluck().get()).toBe(0);
    expect(blobs.diskBytes(blob)).not.toBeNull();

    const { beforeMigration } = vaultPaths(dirname(db.name));
    mkdirSync(beforeMigration);
    writeFileSync(join(beforeMigration, 'schema-1.db'), 'a copy that holds the case');
    const again = new CaseRemoval(
      db,
      contents((each) => void blobs.remove(each)),
      systemAct,
    );
    await again.takeUp();
    expect([blobs.diskBytes(blob), blobs.diskBytes(orphan)]).toEqual([null, null]);
    expect(existsSync(beforeMigration)).toBe(false);
    expect(audit.list({ search: 'prove-removal', limit: 5 }).entries).toMatchObject([
      { subject: id, outcome: 'done', details: { documents: 1, blobsErased: 1, orphansErased: 1, rowsLeft: 0, blobsLeft: 0 } },
    ]);
    await again.takeUp();
    expect(audit.list({ search: 'prove-removal', limit: 5 }).total).toBe(1);
    vault.close();
  });

  test('what is left behind is found: a row that still names the case makes the proof fail', async () => {
    const vault = openVaultDatabase(temporaryFolder());
    const { db, blobs, audit } = vault;
    const id = addCase(db, 'doomed');
    db.exec('CREATE TABLE forgotten (document_id TEXT NOT NULL) STRICT');
    const blob = blobs.put(Buffer.from('content'));
    db.prepare(
      "INSERT INTO documents (id, case_id, name, kind, size, sha256, blob, status, imported_at, imported_by) VALUES ('d', ?, 'n', 'text', 7, 's', ?, 'ready', 0, 'ada')",
    ).run(id, blob);
    db.exec("INSERT INTO forgotten VALUES ('d')");
    const removal = new CaseRemoval(
      db,
      {
        stop: () => Promise.resolve(),
        resume: () => undefined,
        allBlobs: () => [],
        blobs: () => [blob],
        refersTo: () => false,
        erase: () => undefined,
        isThere: () => true,
        busy: () => undefined,
      },
      (action) => new AuditedAct(db, audit, systemActor, action),
    );
    const proof = await removal.remove(vault.act('cases.remove'), { id, name: 'Doomed' }, () => undefined);
    expect(proof).toMatchObject({ rowsLeft: 1, blobsLeft: 1 });
    expect(audit.list({ search: 'prove-removal', limit: 5 }).entries).toMatchObject([{ outcome: 'failed' }]);
    vault.close();
  });
});
