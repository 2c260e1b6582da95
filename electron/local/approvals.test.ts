import { expect, onTestFinished, test } from 'vitest';
import type { Policies } from '../core/contract/policies.ts';
import { temporaryFolder } from '../core/testing/folder.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient, type Client } from './client.ts';
import { Host } from './host.ts';

const password = 'correct horse battery';

async function twoOwners(fourEyes: Policies['fourEyes']) {
  const host = new Host({ host: 'cli', kdfCost: floorCost, vaultFolder: temporaryFolder(), onLog: () => undefined });
  await host.start();
  onTestFinished(() => host.stop());
  const ada = connectClient(host).client;
  await ada.vault.create({ userName: 'ada', displayName: 'Ada', password });
  const bob = await ada.identity.createPerson({ userName: 'bob', displayName: 'Bob', role: 'analyst', password });
  const vic = await ada.identity.createPerson({ userName: 'vic', displayName: 'Vic', role: 'viewer', password });
  await setPolicy(ada, fourEyes);
  const signIn = async (userName: string) => {
    const { client } = connectClient(host);
    await client.vault.unlock({ userName, password });
    return client;
  };
  return { host, ada, bob, vic, signIn };
}

async function setPolicy(client: Client, fourEyes: Policies['fourEyes']) {
  const { retention: _retention, ...rules } = (await client.policies.get()).policies;
  await client.policies.set({ ...rules, fourEyes });
}

const refusal = async (call: Promise<unknown>) => {
  const error = (await call.then(
    () => ({ code: 'done' }),
    (thrown: unknown) => thrown,
  )) as { code: string; data?: { approvalId?: string } };
  return { code: error.code, id: error.data?.approvalId ?? '' };
};

test('what the policy names waits for a second person, serves once, and for exactly this call', async () => {
  const { ada, bob, vic, signIn } = await twoOwners([]);
  await ada.identity.setRole({ id: bob.id, role: 'owner' });
  await setPolicy(ada, ['role-change']);
  const second = await signIn('bob');
  const watching = await second.approvals.watch();
  expect((await watching.next()).value).toEqual({ toDecide: 0, toUse: 0 });

  const wanted = () => ada.identity.setRole({ id: vic.id, role: 'analyst' });
  const asked = await refusal(wanted());
  expect(asked.code).toBe('approvals/required');
  // Asking again asks no second time, and the next one is told at once.
  expect(await refusal(wanted())).toEqual(asked);
  expect((await watching.next()).value).toEqual({ toDecide: 1, toUse: 0 });
  expect(await second.approvals.list()).toMatchObject([
    { id: asked.id, call: 'identity.setRole', input: { id: vic.id, role: 'analyst' }, state: 'waiting', mayDecide: true, mayUse: false },
  ]);
  expect(await refusal(ada.approvals.decide({ id: asked.id, approved: true }))).toMatchObject({ code: 'approvals/own-request' });
  const viewer = await signIn('vic');
  expect(await refusal(viewer.approvals.decide({ id: asked.id, approved: true }))).toMatchObject({ code: 'identity/denied' });
  expect(await viewer.approvals.list()).toEqual([]);

  await second.approvals.decide({ id: asked.id, approved: true });
  expect(await refusal(second.approvals.decide({ id: asked.id, approved: false }))).toMatchObject({ code: 'approvals/settled' });
  expect((await ada.approvals.list())[0]).toMatchObject({ state: 'approved', decidedBy: 'bob', mayUse: true });
  // Neither another input nor another person can use it.
  expect((await refusal(ada.identity.setRole({ id: vic.id, role: 'owner' }))).id).not.toBe(asked.id);
  expect(await refusal(second.identity.setRole({ id: vic.id, role: 'analyst' }))).toMatchObject({ code: 'approvals/required' });
  const both = await Promise.all([refusal(wanted()), refusal(wanted())]);
  expect(both.map(({ code }) => code).sort()).toEqual(['approvals/required', 'done']);
  expect((await ada.identity.listPeople()).find(({ id }) => id === vic.id)?.role).toBe('analyst');
  expect((await ada.approvals.list()).find(({ id }) => id === asked.id)).toMatchObject({ state: 'used', mayUse: false });

  const { entries } = await ada.audit.list({ search: 'set-role', outcome: 'done' });
  expect(entries[0]).toMatchObject({ actor: 'ada', subject: vic.id, details: { approval: asked.id, approvedBy: 'bob', role: 'analyst' } });
  for (const action of ['approvals.request', 'approvals.decide'])
    expect((await ada.audit.list({ search: action })).total).toBeGreaterThan(0);
  expect(await ada.audit.verify()).toMatchObject({ ok: true });
});

test('a refused, withdrawn or failed request serves for nothing; nobody to ask is said plainly; no secret is shown', async () => {
  const { ada, bob, signIn } = await twoOwners(['role-change', 'key-operation', 'retention-change']);
  const change = () => ada.policies.setRetention({ caseDays: 30, auditDays: 365 });
  expect(await refusal(change())).toMatchObject({ code: 'approvals/nobody' });
  expect((await ada.policies.get()).policies.retention.caseDays).toBe(0);
  // While nobody else could approve, the rule can be given up alone; later it cannot.
  await setPolicy(ada, []);
  await ada.identity.setRole({ id: bob.id, role: 'owner' });
  await setPolicy(ada, ['role-change', 'key-operation', 'retention-change']);
  const second = await signIn('bob');
  const giveUp = () => setPolicy(ada, ['role-change', 'key-operation']);
  const given = await refusal(giveUp());
  expect(given.code).toBe('approvals/required');
  await second.approvals.decide({ id: given.id, approved: true });
  await giveUp();
  expect((await ada.approvals.list())[0]).toMatchObject({ id: given.id, state: 'used' });
  await setPolicy(ada, ['role-change', 'key-operation', 'retention-change']);

  const first = await refusal(change());
  await second.approvals.decide({ id: first.id, approved: false, comment: 'too short' });
  expect((await ada.approvals.list())[0]).toMatchObject({ state: 'refused', comment: 'too short' });
  const again = await refusal(change());
  expect(again.id).not.toBe(first.id);
  await ada.approvals.withdraw({ id: again.id });
  expect(await refusal(second.approvals.decide({ id: again.id, approved: true }))).toMatchObject({ code: 'approvals/settled' });

  // The call fails after it was approved: the approval is still there.
  const role = () => ada.identity.setRole({ id: 'nobody-of-this-id', role: 'viewer' });
  const waiting = await refusal(role());
  await second.approvals.decide({ id: waiting.id, approved: true });
  expect(await refusal(role())).toMatchObject({ code: 'identity/unknown-person' });
  expect((await ada.approvals.list()).find(({ id }) => id === waiting.id)).toMatchObject({ state: 'approved', mayUse: true });

  const token = await refusal(ada.keys.addToken({ pin: '739105', serial: 'abc', proof: { password } }));
  expect(token.code).toBe('approvals/required');
  expect((await second.approvals.list()).find(({ id }) => id === token.id)?.input).toEqual({ serial: 'abc' });
});

test('two must agree that an owner is shut out, that a hold is lifted, that a case is deleted or that a rule is loosened', async () => {
  const { ada, bob, vic, signIn } = await twoOwners([]);
  await ada.identity.setRole({ id: bob.id, role: 'owner' });
  await setPolicy(ada, ['role-change', 'retention-change']);
  const second = await signIn('bob');
  const { id } = await ada.cases.create({ name: 'Claim' });
  expect(await refusal(ada.identity.setPersonStatus({ id: vic.id, status: 'disabled' }))).toMatchObject({ code: 'done' });
  await ada.cases.setLegalHold({ id, reason: 'Lawsuit' });
  const { retention: _retention, ...rules } = (await ada.policies.get()).policies;
  const calls = [
    () => ada.policies.set({ ...rules, lockout: { attempts: 20, minutes: 1 } }),
    () => ada.cases.liftLegalHold({ id }),
    () => ada.cases.remove({ id, name: 'Claim' }),
    () => ada.identity.setPersonStatus({ id: bob.id, status: 'disabled' }),
  ];
  expect(await refusal(ada.policies.set({ ...rules, password: { ...rules.password, minimumLength: 9 } }))).toMatchObject({ code: 'done' });
  for (const call of calls) {
    const asked = await refusal(call());
    expect(asked.code).toBe('approvals/required');
    await second.approvals.decide({ id: asked.id, approved: true });
    expect(await refusal(call())).toMatchObject({ code: 'done' });
    const { entries } = await ada.audit.list({ search: asked.id, outcome: 'done', limit: 1 });
    expect(entries[0]?.details).toMatchObject({ approval: asked.id, approvedBy: 'bob' });
  }
});
