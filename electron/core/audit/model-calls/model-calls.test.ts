import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CaseRows } from '../../cases/case-rows.ts';
import { Scope } from '../../cases/scope.ts';
import { ChatRepository } from '../../chat/chat.repository.ts';
import type { CaseAccess } from '../../contract/base.ts';
import { newPerson } from '../../identity/identity.service.ts';
import { PeopleRepository } from '../../identity/people.repository.ts';
import { newAuditLog } from '../../testing/audit-log.ts';
import { addCase } from '../../testing/case.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import { openDatabase, type WritableDb } from '../../vault/database.ts';
import { migrate } from '../../vault/migrations/index.ts';
import { actorOf, AuditedAct, type Actor } from '../act.ts';
import type { AuditLog } from '../audit-log.ts';
import { ModelCalls, type CallOrigin, type EndedCall } from './model-calls.ts';
import { ReadModelCall } from './read-model-call.ts';

const ada = newPerson('ada', 'Ada', 'analyst');
const ben = newPerson('ben', 'Ben', 'analyst');
const canary = 'canary-7f1e2c';

let db: WritableDb;
let log: AuditLog;
let keepsTexts: boolean;
let calls: ModelCalls;

beforeEach(() => {
  db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 7), 'create');
  migrate(db);
  log = newAuditLog(db);
  const people = new PeopleRepository(db);
  for (const person of [ada, ben]) people.add(person);
  addCase(db);
  keepsTexts = true;
  calls = new ModelCalls({ db, act, keepsTexts: () => keepsTexts });
});
afterEach(() => db.close());

const act = (actor: Actor, action: string) => new AuditedAct(db, log, actor, action);
const addDocument = (id: string) =>
  db
    .prepare(
      `INSERT INTO documents (id, case_id, name, kind, size, sha256, blob, status, imported_at, imported_by)
       VALUES (?, 'case-1', 'x', 'text', 1, ?, 'b', 'ready', 0, 'ada')`,
    )
    .run(id, id);
const addConversation = (id: string) => {
  const conversation = { id, caseId: 'case-1', title: 'T', messageCount: 0, createdAt: 0, updatedAt: 0 };
  new ChatRepository(db).add(ada.id, conversation);
};
const origin = (more: Partial<CallOrigin> = {}): CallOrigin => ({
  actor: actorOf(ada, 'session-1'),
  caseId: 'case-1',
  subject: 'run-1',
  documents: [],
  place: { item: 0, node: 'extract' },
  ...more,
});
const ended = (more: Partial<EndedCall> = {}): EndedCall => ({
  model: { id: 'm1', name: 'Tiny', sha256: 'cd'.repeat(32) },
  prompt: { kind: 'chat', turns: [{ role: 'user', text: `Read ${canary}.` }] },
  constraint: { kind: 'schema', text: '{"type":"object"}' },
  parameters: { maxTokens: 9, temperature: 0, seed: undefined },
  output: `It says ${canary}.`,
  promptTokens: 5,
  outputTokens: 6,
  ms: 12.4,
  reason: null,
  ...more,
});
const leaf = () => {
  const [newest] = log.list({ action: 'model.call', limit: 1 }).entries;
  if (!newest) throw new Error('no leaf');
  return newest;
};
const rows = () => db.prepare('SELECT count(*) FROM model_calls').pluck().get();
const scope = (personId: string, access: CaseAccess | null) =>
  new Scope(personId, () => ({ access: new Map(access ? [['case-1', access]] : []), closed: new Set(), personal: null }));
const read = (by: Scope = scope(ben.id, 'read'), sequence = leaf().sequence) =>
  new ReadModelCall(db).read(act(actorOf(ben), 'audit.read-text'), by, sequence);

test('a leaf says who asked which model what, in salted hashes; the texts stand beside it and fit them', () => {
  calls.record(origin(), ended());
  const { details, ...entry } = leaf();
  expect(entry).toMatchObject({
    actor: 'ada',
    session: 'session-1',
    role: 'analyst',
    area: 'model',
    subject: 'run-1',
    caseId: 'case-1',
    outcome: 'done',
  });
  expect(details).toMatchObject({
    item: 0,
    node: 'extract',
    model: 'Tiny',
    modelSha256: 'cd'.repeat(32),
    parameters: { maxTokens: 9, temperature: 0, constraint: 'schema' },
    promptTokens: 5,
    outputTokens: 6,
    ms: 12,
  });
  expect(JSON.stringify(log.list({ limit: 100 }).entries)).not.toContain(canary);
  const salt = db.prepare('SELECT salt FROM model_calls').pluck().get() as Buffer;
  expect(details['outputHash']).toBe(
    createHash('sha256')
      .update(Buffer.concat([salt, Buffer.from(`It says ${canary}.`)]))
      .digest('hex'),
  );
  expect(read()).toMatchObject({
    kept: 'texts',
    texts: {
      prompt: [{ role: 'user', text: `Read ${canary}.` }],
      constraint: '{"type":"object"}',
      output: `It says ${canary}.`,
      fits: true,
    },
  });
  expect(log.list({ action: 'audit.read-text', limit: 1 }).entries).toMatchObject([
    { actor: 'ben', subject: 'run-1', caseId: 'case-1', details: { kept: 'texts' } },
  ]);
  // The same text never has the same hash twice.
  calls.record(origin(), ended());
  expect(leaf().details['outputHash']).not.toBe(details['outputHash']);
});

test('a text that was altered does not fit; by policy only hashes are kept', () => {
  calls.record(origin(), ended());
  db.prepare("UPDATE model_calls SET output = 'It says nothing.'").run();
  expect(read().texts).toMatchObject({ output: 'It says nothing.', fits: false });
  db.prepare("UPDATE model_calls SET prompt = 'not even JSON'").run();
  expect(read().texts).toMatchObject({ prompt: [{ role: 'raw', text: 'not even JSON' }], fits: false });
  keepsTexts = false;
  calls.record(origin(), ended());
  expect(read()).toMatchObject({ kept: 'hashes', texts: null });
  expect(JSON.stringify(db.prepare('SELECT prompt, output FROM model_calls WHERE id = ?').get(leaf().details['call']))).not.toContain(
    canary,
  );
});

test('texts go with a document, a conversation, their case and the text of their leaf', () => {
  for (const id of ['d1', 'd2', 'd3']) addDocument(id);
  addConversation('k1');
  calls.record(origin({ documents: ['d1', 'd2'] }), ended());
  calls.record(origin({ documents: ['d2'] }), ended());
  calls.record(origin({ subject: 'answer-1', conversationId: 'k1', documents: ['d3'] }), ended());
  calls.record(origin(), ended());
  calls.record(origin(), ended());
  expect(rows()).toBe(5);
  db.prepare("DELETE FROM documents WHERE id = 'd2'").run();
  expect(rows()).toBe(3);
  expect(db.prepare('SELECT count(*) FROM model_call_documents').pluck().get()).toBe(1);
  const gone = log.list({ search: 'd1', action: 'model.call', limit: 9 }).entries[0];
  expect(read(undefined, gone?.sequence)).toMatchObject({ kept: 'erased', texts: null });
  new ChatRepository(db).remove('k1');
  expect(rows()).toBe(2);
  const canonical = db.prepare('SELECT canonical FROM audit_leaves WHERE sequence = ?').pluck().get(leaf().sequence) as string;
  calls.forget([{ canonical }]);
  expect(rows()).toBe(1);
  const caseRows = new CaseRows(db);
  const ids = caseRows.ids('case-1');
  db.transaction(() => caseRows.remove('case-1'))();
  expect(rows()).toBe(0);
  expect(caseRows.countNaming(ids)).toBe(0);
  expect(db.pragma('secure_delete', { simple: true })).toBe(1);
});

test('nothing is kept of a call of which something was deleted while it ran; the call itself is on record', () => {
  addDocument('d1');
  calls.record(origin({ documents: ['d1', 'gone'] }), ended());
  calls.record(origin({ conversationId: 'gone' }), ended());
  calls.record(origin({ caseId: 'gone' }), ended());
  expect(rows()).toBe(0);
  expect(log.list({ action: 'model.call', limit: 9 }).total).toBe(3);
});

test('a failed call is failed, a stopped one is not; both keep what was written', () => {
  calls.record(origin(), ended({ reason: 'inference/crashed', outputTokens: null }));
  expect(leaf()).toMatchObject({ outcome: 'failed', reason: 'inference/crashed' });
  calls.record(origin(), ended({ reason: 'request/cancelled', output: 'It s\ud83d' }));
  expect(leaf()).toMatchObject({ outcome: 'done', reason: 'request/cancelled' });
  expect(read().texts).toMatchObject({ fits: true });
});

test('texts are shown to members of the case alone, those of a conversation to its person and who leads the case', () => {
  addConversation('k1');
  calls.record(origin({ conversationId: 'k1', subject: 'answer-1' }), ended());
  const refused = expect.objectContaining({ code: 'request/not-found' }) as Error;
  expect(() => read(scope(ben.id, null))).toThrow(refused);
  expect(() => read(scope(ben.id, 'write'))).toThrow(refused);
  expect(read(scope(ben.id, 'lead')).kept).toBe('texts');
  expect(read(scope(ada.id, 'read')).kept).toBe('texts');
  expect(() => read(scope(ada.id, 'read'), log.head().size - 1)).toThrow(expect.objectContaining({ code: 'request/not-found' }) as Error);
});
