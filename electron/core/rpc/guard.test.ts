import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { callWith, openCore } from './router.fixture.ts';

async function open() {
  const bugs: string[] = [];
  const core = await openCore(temporaryFolder(), (where) => bugs.push(where));
  onTestFinished(() => core.close());
  const { workspace } = core;
  if (!workspace) throw new Error('not open');
  const root = workspace.identity.active('root');
  if (!root) throw new Error('no owner');
  const signIn = () => workspace.identity.sessions.start(root);
  return { core, workspace, root, signIn, bugs };
}

test('who is signed out while a call is under way gets no answer, and its signal stops the work', async () => {
  const { core, workspace, signIn } = await open();
  const { token, id } = signIn();
  let stopped = false;
  const call = callWith(core, 'documents.list', token, ({ context }) => {
    context.stop?.signal.addEventListener('abort', () => (stopped = true));
    workspace.identity.sessions.end(id);
    return 'what they must not see';
  });
  await expect(call({})).rejects.toMatchObject({ code: 'identity/not-signed-in' });
  expect(stopped).toBe(true);
});

test('who gives up a right by a command is told that it was done; a query tells nothing any more', async () => {
  const { core, workspace, root, signIn } = await open();
  const other = await workspace.accounts.create(workspace.systemAct('identity.create-person'), {
    userName: 'ola',
    displayName: 'Ola',
    role: 'viewer',
    password: 'correct horse battery',
  });
  workspace.accounts.setRole(workspace.systemAct('identity.set-role'), other.id, 'owner');
  const demote = callWith(core, 'identity.setRole', signIn().token, ({ context }) =>
    workspace.accounts.setRole(context.act, root.id, 'viewer'),
  );
  expect(await demote({ id: root.id, role: 'viewer' })).toMatchObject({ role: 'viewer' });
  workspace.accounts.setRole(workspace.systemAct('identity.set-role'), root.id, 'owner');
  const query = callWith(core, 'identity.listPeople', signIn().token, () => {
    workspace.accounts.setRole(workspace.systemAct('identity.set-role'), root.id, 'viewer');
    return [];
  });
  await expect(query()).rejects.toMatchObject({ code: 'identity/denied' });
});

test('who loses the right to a command that has left its first leaf goes on with nothing and sees no more of it', async () => {
  const { core, workspace } = await open();
  const as = (action: string) => workspace.systemAct(action);
  const lead = { scope: workspace.cases.scopeOf(workspace.identity.list()[0] ?? expect.fail()), administers: true };
  const { id: caseId } = workspace.cases.create(as('cases.create'), lead, {
    name: 'Shared',
    classification: 'internal',
    purpose: '',
    retentionDays: null,
  });
  const account = { userName: 'ann', displayName: 'Ann', role: 'analyst', password: 'correct horse battery' } as const;
  const ann = await workspace.accounts.create(as('identity.create-person'), account);
  const share = (access: 'write' | null) => workspace.cases.setMember(as('cases.set-member'), lead, caseId, ann.id, access);
  const { token } = workspace.identity.sessions.start(ann);
  let stopped = false;
  const importing = callWith(core, 'documents.import', token, ({ context, signal }) => {
    context.act.commit({ subject: 'the first of two' }, () => undefined);
    share(null);
    stopped = signal?.aborted ?? context.stop?.signal.aborted ?? false;
    signal?.throwIfAborted();
    return [];
  });
  share('write');
  await importing({ caseId, files: [{ name: 'a', source: { kind: 'upload', uploadId: 'x' } }] }).catch(() => undefined);
  expect(stopped).toBe(true);
  const { id: conversationId } = workspace.chat.create(as('chat.create'), ann.id, caseId, 'x');
  const answering = callWith(core, 'chat.send', token, async function* ({ context }) {
    yield 'the question';
    context.act.commit({ subject: 'the question' }, () => undefined);
    share(null);
    yield 'what they must not see';
  });
  share('write');
  const stream = (await answering({ conversationId, text: 'what?' })) as AsyncGenerator;
  expect(await stream.next()).toMatchObject({ value: 'the question' });
  await expect(stream.next()).rejects.toMatchObject({ code: 'request/not-found' });
});

test('a command that says it succeeded and left no leaf is a bug, and is reported as one', async () => {
  const { core, signIn, bugs } = await open();
  const forgot = callWith(core, 'policies.setRetention', signIn().token, () => 'done');
  await expect(forgot({ caseDays: 0, auditDays: 365 })).rejects.toMatchObject({ code: 'internal/bug' });
  expect(bugs).toEqual(['policies.setRetention']);
});

test('a stream ends for who waits for its next value, and leaves nothing behind', async () => {
  const { core, workspace, signIn } = await open();
  const { token, id } = signIn();
  let left = false;
  const watch = callWith(core, 'documents.watch', token, async function* ({ context }) {
    try {
      yield 'first';
      await new Promise((resolve) => context.stop?.signal.addEventListener('abort', resolve));
      yield 'too late';
    } finally {
      left = true;
    }
  });
  const stream = (await watch()) as AsyncGenerator;
  expect(await stream.next()).toMatchObject({ value: 'first' });
  const waiting = stream.next();
  waiting.catch(() => undefined);
  workspace.identity.sessions.end(id);
  await expect(waiting).rejects.toMatchObject({ code: 'identity/not-signed-in' });
  await expect.poll(() => left).toBe(true);
});
