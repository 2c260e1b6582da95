import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { AuditedAct, systemActor } from '../audit/act.ts';
import { documentId, type ResourceKind } from '../contract/base.ts';
import type { ProcedureMeta } from '../contract/base.ts';
import { newPerson } from '../identity/identity.service.ts';
import { PeopleRepository } from '../identity/people.repository.ts';
import { ResourceAccess } from '../rpc/resource-access.ts';
import { openVaultDatabase } from '../runs/vault.fixture.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { z } from 'zod';
import { CasesService } from './cases.service.ts';
import { locate } from './locate.ts';

const day = 86_400_000;

/** The service over a real vault, with two analysts. */
function open() {
  const vault = openVaultDatabase(temporaryFolder());
  const people = [newPerson('ann', 'Ann', 'analyst'), newPerson('ben', 'Ben', 'analyst')] as const;
  for (const person of people) new PeopleRepository(vault.db).add(person);
  const policy = { days: 0 };
  const cases = new CasesService({
    db: vault.db,
    systemAct: (action) => new AuditedAct(vault.db, vault.audit, systemActor, action),
    people: () => people,
    caseDays: () => policy.days,
    installSamples: () => undefined,
    onChange: () => undefined,
    contents: {
      stop: () => Promise.resolve(),
      resume: () => undefined,
      allBlobs: () => [],
      blobs: () => [],
      refersTo: () => false,
      erase: () => undefined,
      isThere: () => false,
      busy: () => undefined,
    },
  });
  const [ann, ben] = people.map((person) => ({ scope: cases.scopeOf(person), administers: false }));
  if (!ann || !ben) throw new Error('two people');
  return { ...vault, cases, ann, ben, policy };
}
const input = { name: 'Claim', classification: 'internal', purpose: '', retentionDays: null } as const;

test('a clock that was set back makes no case due earlier; one that was set forward deletes nothing', () => {
  const { cases, ann, act, db, audit, policy, close } = open();
  const { id } = cases.create(act('cases.create'), ann, input);
  // The newest record is ten days ahead of the clock, as after the clock was set back.
  const ahead = Date.now() + 10 * day;
  const leaf = { at: ahead, actor: systemActor, action: 'system.clock-step', subject: '', outcome: 'done', details: {} } as const;
  db.transaction(() => audit.append(leaf)).immediate();
  const closed = cases.setState(act('cases.set-state'), ann, id, 'closed');
  expect(closed).toMatchObject({ closedAt: ahead, dueAt: null });
  policy.days = 30;
  expect(cases.get(ann, id).dueAt).toBe(ahead + 30 * day);
  expect(cases.setRetention(act('cases.set-retention'), ann, id, 7).dueAt).toBe(ahead + 7 * day);
  cases.setRetention(act('cases.set-retention'), ann, id, 1);
  db.prepare('UPDATE cases SET closed_at = 1 WHERE id = ?').run(id);
  expect(cases.list(ann, false)).toMatchObject([{ personal: true }, { id, dueAt: 1 + day, state: 'closed' }]);
  close();
});

test('a case is closed once nothing of it is under way', () => {
  const { cases, ann, act, db, close } = open();
  const { id } = cases.create(act('cases.create'), ann, input);
  db.prepare(
    "INSERT INTO documents (id, case_id, name, kind, size, sha256, blob, status, imported_at, imported_by) VALUES ('d', ?, 'n', 'text', 1, 'd', 'b', 'reading', 0, 'ann')",
  ).run(id);
  const shut = () => cases.setState(act('cases.set-state'), ann, id, 'closed');
  expect(shut).toThrow(expect.objectContaining({ code: 'cases/work-in-progress' }) as Error);
  expect(cases.get(ann, id).state).toBe('open');
  db.prepare("UPDATE documents SET status = 'cancelled'").run();
  expect(shut()).toMatchObject({ state: 'closed' });
  close();
});

test('one foreign or missing id among ten thousand refuses all of them', () => {
  const { cases, ann, ben, act, db, close } = open();
  const { id: own } = cases.create(act('cases.create'), ann, input);
  const { id: foreign } = cases.create(act('cases.create'), ben, input);
  const add = db.prepare(
    "INSERT INTO documents (id, case_id, name, kind, size, sha256, blob, status, imported_at, imported_by) VALUES (@id, @caseId, 'n', 'text', 1, @id, 'b', 'ready', 0, 'ann')",
  );
  const ids = Array.from({ length: 9_999 }, () => randomUUID());
  db.transaction(() => {
    for (const id of ids) add.run({ id, caseId: own });
    add.run({ id: 'theirs', caseId: foreign });
  }).immediate();
  const schema = z.object({ ids: z.array(documentId) });
  const meta: ProcedureMeta = { permission: 'documents.write', audit: 'documents.remove', approval: null, access: 'write', content: false };
  const admit = (all: readonly string[]) =>
    ResourceAccess.of(schema, meta, { ids: all }, ann.scope, (kind: ResourceKind, wanted) => locate(db, kind, wanted));
  const answers = ['theirs', 'missing'].map((odd) => {
    try {
      admit([...ids.slice(0, 5_000), odd, ...ids.slice(5_000)]);
      return null;
    } catch (error) {
      const { code, message, details } = error as { code: string; message: string; details: unknown };
      return { code, message, details };
    }
  });
  expect(answers[0]).toMatchObject({ code: 'request/not-found' });
  expect(answers[0]).toEqual(answers[1]);
  const access = admit(ids);
  cases.setMember(act('cases.set-member'), ann, own, ben.scope.personId, 'lead');
  expect(cases.setMember(act('cases.set-member'), ann, own, ann.scope.personId, null)).toMatchObject({ access: null, memberCount: 1 });
  expect(() => access.check()).toThrow(expect.objectContaining({ code: 'request/not-found' }) as Error);
  close();
});

test('a viewer only reads, also the own case and one led before the role changed', () => {
  const { cases, ann, ben, act, close } = open();
  const { id } = cases.create(act('cases.create'), ann, input);
  const asViewer = { scope: cases.scopeOf({ ...newPerson('ann', 'Ann', 'viewer'), id: ann.scope.personId }), administers: false };
  const refused = expect.objectContaining({ code: 'cases/no-access' }) as Error;
  expect(cases.get(asViewer, id)).toMatchObject({ access: 'read' });
  expect(() => cases.update(act('cases.update'), asViewer, id, { ...input, classification: 'public' })).toThrow(refused);
  expect(() => cases.setMember(act('cases.set-member'), asViewer, id, ben.scope.personId, 'lead')).toThrow(refused);
  expect(() => cases.setState(act('cases.set-state'), asViewer, id, 'closed')).toThrow(refused);
  expect(() => asViewer.scope.target()).toThrow(refused);
  expect(asViewer.scope.writable.size).toBe(0);
  expect(cases.get(ann, id)).toMatchObject({ access: 'lead' });
  close();
});
