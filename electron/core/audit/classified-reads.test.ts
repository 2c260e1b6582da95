import { expect, test } from 'vitest';
import type { Core } from '../core.ts';
import { callWith, openCore } from '../rpc/router.fixture.ts';
import { compileIdPaths } from '../rpc/resource-ids.ts';
import { newAuditLog } from '../testing/audit-log.ts';
import { addCase } from '../testing/case.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { procedures } from '../testing/procedures.ts';
import { openDatabase } from '../vault/database.ts';
import { migrate } from '../vault/migrations/index.ts';
import { actorOf, AuditedAct, systemActor, type Actor } from './act.ts';
import { ClassifiedReads } from './classified-reads.ts';

/** Queries that name something of a case and show nothing but its name, state or figures, or what a person made of it. */
const showsNoContent = [
  'audit.list',
  'cases.get',
  'chat.list',
  'documents.get',
  'documents.list',
  'flows.get',
  'flows.list',
  'flows.validate',
  'reports.list',
  'reports.verify',
  'runs.list',
];

test('every query that names something of a case says whether it shows content', () => {
  const silent = procedures()
    .filter(({ meta, input }) => meta.audit === null && !meta.content && compileIdPaths(input).length > 0)
    .map(({ name }) => name);
  expect(silent.filter((name) => !showsNoContent.includes(name))).toEqual([]);
});

const text = () => Promise.resolve({});

/** A vault with a secret case of its owner and a document in it, and one in the owner's own case. */
async function opened(): Promise<{ core: Core; token: string; secret: string; plain: string; reads: () => unknown[] }> {
  const core = await openCore(temporaryFolder());
  const { workspace } = core;
  if (!workspace) throw new Error('not open');
  const root = workspace.identity.active('root');
  if (!root) throw new Error('no owner');
  const session = workspace.identity.sessions.start(root);
  const scope = workspace.cases.scopeOf(root);
  const act = (action: string) => workspace.act(actorOf(root, session.id), action);
  const asker = { scope, administers: true };
  const input = { name: 'Affair', classification: 'secret', purpose: '', retentionDays: null } as const;
  const { id: caseId } = workspace.cases.create(act('cases.create'), asker, input);
  const [secret] = workspace.documents.importSamples(act('documents.import-samples'), caseId);
  const [plain] = workspace.documents.importSamples(act('documents.import-samples'), scope.target());
  const reads = () =>
    workspace.audit
      .list({ action: 'cases.read-classified', limit: 100 })
      .entries.toReversed()
      .map(({ actor, session: by, subject, caseId: of, details }) => [actor, by === session.id, subject, of === caseId, details]);
  return { core, token: session.token, secret: secret?.id ?? '', plain: plain?.id ?? '', reads };
}

test('pages of a classified document are one entry, before anything is shown; of another document none', async () => {
  const { core, token, secret, plain, reads } = await opened();
  const page = callWith(core, 'documents.page', token, text);
  for (const number of [1, 2, 3]) await page({ id: secret, number });
  await callWith(core, 'documents.findings', token, text)({ id: secret });
  await page({ id: plain, number: 1 });
  const entry = ['root', true, secret, true, { kind: 'document', label: 'secret' }];
  expect(reads()).toEqual([entry]);
  // Who may not read it learns nothing and reads nothing.
  await expect(page({ id: 'nowhere', number: 1 })).rejects.toMatchObject({ code: 'request/not-found' });
  expect(reads()).toEqual([entry]);
  // A stream that names nothing may show something of each classified case.
  await callWith(core, 'runs.watch', token, text)({});
  expect(reads()).toHaveLength(2);
  await core.close();
});

test('what cannot be recorded is not shown', async () => {
  const { core, token, secret } = await opened();
  const { workspace } = core;
  if (!workspace) throw new Error('not open');
  workspace.audit.append = () => {
    throw new Error('no room');
  };
  let shown = 0;
  const page = callWith(core, 'documents.page', token, () => Promise.resolve((shown += 1)));
  await expect(page({ id: secret, number: 1 })).rejects.toMatchObject({ code: 'internal/bug' });
  expect(shown).toBe(0);
  await core.close();
});

test('once for each person, thing and hour, and for the labels of the policy alone', () => {
  const db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 7), 'create');
  migrate(db);
  const log = newAuditLog(db);
  const caseId = addCase(db);
  let labels = ['internal'];
  let now = 0;
  const act = (actor: Actor, action: string) => new AuditedAct(db, log, actor, action);
  const reads = new ClassifiedReads({ db, labels: () => labels, now: () => now, act });
  const note = (name: string, id: string) =>
    reads.note({ ...systemActor, personId: name, name }, [{ kind: 'document', id, caseId }], () => []);
  for (const minute of [0, 30, 59, 61, 120]) {
    now = minute * 60_000;
    note('ada', 'd1');
  }
  note('ada', 'd2');
  note('ben', 'd2');
  labels = [];
  note('zoe', 'd2');
  const recorded = log.list({ limit: 100 }).entries.toReversed();
  expect(recorded.map(({ actor, subject }) => `${actor} ${subject}`)).toEqual(['ada d1', 'ada d1', 'ada d2', 'ben d2']);
  db.close();
});
