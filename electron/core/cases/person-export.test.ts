import { expect, onTestFinished, test } from 'vitest';
import { actorOf, AuditedAct } from '../audit/act.ts';
import type { Json } from '../contract/base.ts';
import type { Person } from '../contract/identity.ts';
import { newAuditLog } from '../testing/audit-log.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openDatabase } from '../vault/database.ts';
import { migrate } from '../vault/migrations/index.ts';
import { fill, openHost, password } from './people.fixture.ts';
import { PersonExport } from './person-export.ts';
import { outsider } from './scope.ts';

const read = ({ files }: { files: readonly { name: string; base64: string }[] }) =>
  Object.fromEntries(files.map(({ name, base64 }) => [name, JSON.parse(Buffer.from(base64, 'base64').toString()) as Json]));

test('everything about an account and nothing of another; who sees no content of cases gets it without names and texts', async () => {
  const { owner, add, signIn } = await openHost();
  const { client: ann, person } = await add('ann');
  const { client: ben } = await add('ben');
  const ids = await fill(ann, 'of-ann');
  const others = await fill(ben, 'of-ben');

  const own = await ann.identity.exportOwn();
  const parts = read(own);
  expect(Object.keys(parts).sort()).toEqual([
    'about-this-export.json',
    'acts-of-the-person.json',
    'acts-on-the-person.json',
    'cases.json',
    'conversations.json',
    'documents.json',
    'flows.json',
    'messages.json',
    'profile.json',
    'reports.json',
    'runs.json',
    'sessions.json',
  ]);
  expect(parts).toMatchObject({
    'profile.json': { userName: 'ann', role: 'analyst' },
    'cases.json': [{ caseId: ids.case, personal: 1, access: 'lead' }],
    'documents.json': [{ id: ids.document, name: 'of-ann.txt' }],
    'flows.json': [{ flowId: ids.flow, document: { name: 'Flow of-ann' } }],
    'runs.json': [{ id: ids.run, state: 'succeeded' }],
    'conversations.json': [{ id: ids.conversation, title: 'Talk of-ann' }],
    'reports.json': [{ id: ids.report }],
    'acts-on-the-person.json': expect.arrayContaining([
      expect.objectContaining({ action: 'identity.create-person', subject: person.id }) as Json,
    ]) as Json,
  });
  const acts = parts['acts-of-the-person.json'] as { actor: string; action: string }[];
  expect(new Set(acts.map(({ actor }) => actor))).toEqual(new Set(['ann']));
  expect(acts.map(({ action }) => action)).toEqual(expect.arrayContaining(['documents.import', 'runs.start', 'chat.create']));
  const text = JSON.stringify(parts);
  for (const foreign of [...Object.values(others), 'of-ben']) expect(text).not.toContain(foreign);

  // An owner is no member of the case: figures only. Let in, the case is there, its private conversations still are not.
  expect(JSON.stringify(read(await owner.identity.exportPerson({ id: person.id })))).not.toMatch(/(Letter|Flow|Talk) of-ann|of-ann.txt/);
  const shared = await ann.cases.create({ name: 'Shared' });
  await fill(ann, 'in-shared', shared.id);
  const ida = (await owner.identity.current())?.person.id ?? '';
  await ann.cases.setMember({ id: shared.id, personId: ida, access: 'read' });
  const seen = JSON.stringify(read(await owner.identity.exportPerson({ id: person.id })));
  expect(seen).toContain('in-shared.txt');
  expect(seen).not.toContain('Talk in-shared');
  const administrator = (userName: string) => ({ userName, displayName: userName, password });
  await owner.keys.confirmRecovery(await owner.keys.beginRecovery());
  await owner.identity.separateDuties({
    system: administrator('sys'),
    security: administrator('sec'),
    audit: administrator('aud'),
    ownRole: 'analyst',
  });
  const appointed = async (userName: string) => {
    const client = await signIn(userName);
    await client.identity.changePassword({ currentPassword: password, newPassword: `${password} new` });
    return client;
  };
  const [system, security, audit] = [await appointed('sys'), await appointed('sec'), await appointed('aud')];
  // Export needs a second person now.
  await expect(system.identity.exportPerson({ id: person.id })).rejects.toMatchObject({ code: 'approvals/required' });
  const [waiting] = await security.approvals.list();
  await security.approvals.decide({ id: waiting?.id ?? '', approved: true });
  const outside = read(await system.identity.exportPerson({ id: person.id }));
  const has = (id: string) => expect.arrayContaining([expect.objectContaining({ id })]) as Json;
  expect(outside).toMatchObject({ 'documents.json': has(ids.document), 'conversations.json': has(ids.conversation) });
  expect(JSON.stringify(outside)).not.toMatch(/of-ann|in-shared/);
  await expect(ben.identity.exportPerson({ id: person.id })).rejects.toMatchObject({ code: 'identity/denied' });
  const { entries } = await audit.audit.list({ search: 'export-person', outcome: 'done', limit: 9 });
  expect(entries.map(({ actor, subject }) => [actor, subject])).toEqual([
    ['sys', person.id],
    ['ida', person.id],
    ['ida', person.id],
    ['ann', person.id],
  ]);
}, 300_000);

test('every act is there, also where the search index is behind or was emptied', async () => {
  const db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 3), 'create');
  onTestFinished(() => void db.close());
  migrate(db);
  const audit = newAuditLog(db);
  const ada = { id: 'p-ada', userName: 'ada', role: 'analyst' } as Person;
  const ben = actorOf({ ...ada, id: 'p-ben', userName: 'ben' });
  db.transaction(() => {
    for (let each = 0; each < 6_000; each += 1)
      if (each % 3 === 0)
        new AuditedAct(db, audit, ben, 'identity.set-role').commit({ subject: each % 6 === 0 ? 'p-ada' : 'p-eve' }, () => undefined);
      else new AuditedAct(db, audit, actorOf(ada), 'cases.create').commit({ subject: '' }, () => undefined);
  })();
  const records = async () => {
    const { parts } = await new PersonExport({ db, audit, people: () => [ada], sessions: () => [] }).records('p-ada', outsider);
    return [parts['acts-of-the-person'], parts['acts-on-the-person']].map((acts) => (acts as unknown[]).length);
  };
  expect(await records()).toEqual([4_000, 1_000]);
  audit.search.index.catchUp(6_000);
  db.exec("INSERT INTO audit_search (audit_search) VALUES ('delete-all')");
  expect(await records()).toEqual([4_000, 1_000]);
});
