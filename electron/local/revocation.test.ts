import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient } from './client.ts';
import { Host } from './host.ts';

const password = 'correct horse battery';

async function running() {
  const host = new Host({ host: 'local', kdfCost: floorCost, vaultFolder: temporaryFolder(), onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  const { client: owner, closed } = connectClient(host);
  await owner.vault.create({ userName: 'ada', displayName: 'Ada', password });
  const person = await owner.identity.createPerson({ userName: 'vic', displayName: 'Vic', role: 'analyst', password });
  const signIn = async () => {
    const { client } = connectClient(host);
    const session = await client.vault.unlock({ userName: 'vic', password });
    return { client, session };
  };
  return { host, owner, closed, person, signIn };
}

const next = async (stream: AsyncIterator<unknown>) => {
  for (;;) {
    const { done } = await stream.next();
    if (done) return 'ended quietly';
  }
};

test('a session that is ended, a disabled person and a changed role stop every open stream although nothing happens in it', async () => {
  const { owner, person, signIn } = await running();
  const open = async () => {
    const { client, session } = await signIn();
    const streams = await Promise.all([client.documents.watch(), client.runs.watch({}), client.approvals.watch(), client.monitor.watch()]);
    const ends = streams.map((stream) => next(stream).catch((error: { code: string }) => error.code));
    return { client, session, ends };
  };
  const first = await open();
  const listed = await owner.identity.listSessions();
  expect(listed).toHaveLength(2);
  expect(listed).toContainEqual(expect.objectContaining({ id: first.session.id, userName: 'vic', host: 'local', current: false }));
  await owner.identity.endSession({ id: first.session.id });
  expect(await Promise.all(first.ends)).toEqual(Array(4).fill('identity/not-signed-in'));
  await expect(first.client.documents.list({})).rejects.toMatchObject({ code: 'identity/not-signed-in' });

  const second = await open();
  await owner.identity.setRole({ id: person.id, role: 'model-steward' });
  expect(await Promise.all([second.ends[0], second.ends[1]])).toEqual(['identity/denied', 'identity/denied']);
  await expect(second.client.documents.list({})).rejects.toMatchObject({ code: 'identity/denied' });
  expect(await second.client.models.list()).toEqual(expect.any(Array));

  await owner.identity.setPersonStatus({ id: person.id, status: 'disabled' });
  expect(await Promise.all([second.ends[2], second.ends[3]])).toEqual(['identity/not-signed-in', 'identity/not-signed-in']);
  await expect(second.client.models.list()).rejects.toMatchObject({ code: 'identity/not-signed-in' });
  await expect(signIn()).rejects.toMatchObject({ code: 'vault/wrong-password' });
});

test('one’s own sessions: seen, ended from elsewhere, and all but this one end with a new password', async () => {
  const { owner, signIn } = await running();
  const [one, two, three] = [await signIn(), await signIn(), await signIn()];
  const own = await one.client.identity.ownSessions();
  expect(own.map(({ id }) => id)).toEqual([one.session.id, two.session.id, three.session.id]);
  expect(own.filter(({ current }) => current).map(({ id }) => id)).toEqual([one.session.id]);
  const others = await owner.identity.ownSessions();
  await expect(one.client.identity.endOwnSession({ id: others[0]?.id ?? '' })).rejects.toMatchObject({ code: 'identity/no-such-session' });
  await expect(one.client.identity.endSession({ id: two.session.id })).rejects.toMatchObject({ code: 'identity/denied' });
  await one.client.identity.endOwnSession({ id: two.session.id });
  expect(await two.client.identity.current()).toBeNull();
  await one.client.identity.changePassword({ currentPassword: password, newPassword: 'velvet anchor fifteen' });
  expect(await three.client.identity.current()).toBeNull();
  expect(await one.client.identity.current()).toMatchObject({ id: one.session.id });
  // Its own end is still answered.
  expect(await one.client.identity.endOwnSession({ id: one.session.id })).toEqual({ ended: true });
  expect(await one.client.identity.current()).toBeNull();
});

test('what a model writes stops when the session ends, and what had arrived is kept', async () => {
  const { owner, person, signIn } = await running();
  const { client, session } = await signIn();
  const { id } = await client.chat.create({});
  const stream = await client.chat.send({ conversationId: id, text: 'Name: Ada Quill\nPhone: 13900000417\n'.repeat(20) });
  expect((await stream.next()).value).toMatchObject({ type: 'started' });
  const end = next(stream).catch((error: { code: string }) => error.code);
  await owner.identity.endSession({ id: session.id });
  expect(await end).toBe('identity/not-signed-in');
  const back = await signIn();
  await expect.poll(async () => (await back.client.chat.get({ id })).messages.at(-1)?.state, { timeout: 20_000 }).toBe('stopped');
  expect((await owner.audit.list({ search: 'chat.send' })).entries.map(({ actor }) => actor)).toContain(person.userName);
});

test('wrong passwords lock a name out while the vault is closed; an administrator lifts it; all of it is on record', async () => {
  const { host, owner, closed, person } = await running();
  await owner.vault.lock();
  await closed;
  await host.application.coreReady();
  const client = connectClient(host).client;
  const fail = (userName: string) => client.vault.unlock({ userName, password: 'wrong' });
  for (const userName of ['vic', 'nobody']) {
    for (let tries = 0; tries < 5; tries++) await expect(fail(userName)).rejects.toMatchObject({ code: 'vault/wrong-password' });
    await expect(client.vault.unlock({ userName, password })).rejects.toMatchObject({
      code: 'identity/locked-out',
      data: { until: expect.any(Number) as number },
    });
  }
  await client.vault.unlock({ userName: 'ada', password });
  const { entries } = await client.audit.list({ search: 'sign-in', outcome: 'denied' });
  expect(entries.map(({ actor, subject, details }) => [actor, subject, details['tries'], details['lockedOut']])).toEqual(
    expect.arrayContaining([
      ['vic', person.id, 5, true],
      ['system', '', 5, true],
    ]),
  );
  expect((await client.identity.listPeople()).find(({ id }) => id === person.id)?.lockedUntil).toBeGreaterThan(Date.now());
  expect(await client.identity.unlockPerson({ id: person.id })).toMatchObject({ lockedUntil: null });
  await connectClient(host).client.vault.unlock({ userName: 'vic', password });
});
