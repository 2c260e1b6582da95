import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { systemActor } from '../audit/act.ts';
import { newTokenFactor } from '../vault/factors/token/token-factor.ts';
import { KeysService } from '../vault/keys/keys.service.ts';
import { newTokenSlot, slotsOf } from '../vault/slots/person-slot.ts';
import { openAccounts } from './accounts.fixture.ts';

const strong = 'Trumpet-Gravel-47';

test('two names that share a key slot are one name, in every script', async () => {
  const { vault, identity, create } = await openAccounts();
  await create({ userName: 'ömer', password: 'password one' });
  await expect(create({ userName: 'Ömer', password: 'password two' })).rejects.toMatchObject({ code: 'identity/name-taken' });
  await vault.check('ömer', { password: 'password one' });
  expect(identity.active('ÖMER')).toMatchObject({ userName: 'ömer' });
});

test('of two who create the same name at once, the one who fails changes no password', async () => {
  const { vault, create } = await openAccounts();
  const passwords = ['password one', 'password two'];
  const outcomes = await Promise.allSettled(passwords.map((password) => create({ password })));
  // Either may be the first.
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  for (const [index, { status }] of outcomes.entries()) {
    const check = vault.check('ada', { password: passwords[index] ?? '' });
    await (status === 'fulfilled' ? check : expect(check).rejects.toMatchObject({ code: 'vault/wrong-password' }));
  }
});

test('disabling a person ends the sessions for good', async () => {
  const { identity, accounts, create, act } = await openAccounts();
  const person = await create();
  const { token } = identity.sessions.start(person);
  let rechecked = 0;
  identity.sessions.watch(() => (rechecked += 1));
  expect(identity.sessions.find(token)).not.toBeNull();
  accounts.setStatus(act(), person.id, 'disabled');
  expect(rechecked).toBe(1);
  accounts.setStatus(act(), person.id, 'active');
  expect(identity.sessions.find(token)).toBeNull();
});

test('who is disabled when a new vault key is made needs a new password to come back', async () => {
  const { storage, identity, accounts, slots, vault, create, act } = await openAccounts();
  const person = await create();
  accounts.setStatus(act(), person.id, 'disabled');
  slots.keeping(() => storage.db.transaction(() => accounts.dropDisabledSlots()).immediate());
  await expect(vault.check('ada', { password: 'password one' })).rejects.toMatchObject({ code: 'vault/wrong-password' });
  await vault.check('root', { password: 'correct horse battery' });
  expect(() => accounts.setStatus(act(), person.id, 'active')).toThrow(expect.objectContaining({ code: 'identity/no-password' }));
  await accounts.resetPassword(act(), person.id, 'another good one');
  expect(accounts.setStatus(act(), person.id, 'active')).toMatchObject({ status: 'active', mustChangePassword: true });
  await vault.check('ada', { password: 'another good one' });
  expect(identity.passwordIsDue(identity.byId(person.id))).toBe(true);
});

test('one’s own password: the old one is asked for and counted, the others’ sessions end, the policy is kept', async () => {
  const { identity, accounts, vault, policies, create, act, lockout } = await openAccounts();
  const { retention: _retention, ...rules } = policies.current;
  policies.set(act('policies.set'), { ...rules, password: { minimumLength: 12, minimumKinds: 3, history: 2, maximumAgeDays: 30 } });
  const person = await create({ password: strong });
  const here = identity.sessions.start(person);
  const elsewhere = identity.sessions.start(person);
  const change = (old: string, wanted: string) => accounts.changePassword(act(), here, { password: old }, wanted);
  for (const [wanted, code] of [
    ['Short-1', 'identity/password-too-short'],
    ['onlysmallletters', 'identity/password-too-simple'],
    ['Ada-has-a-name-1', 'identity/password-holds-name'],
    ['Password1234!', 'identity/password-common'],
    [strong, 'identity/password-used-before'],
  ] as const)
    await expect(change(strong, wanted), wanted).rejects.toMatchObject({ code });
  await expect(change('wrong', 'Window-Cactus-81')).rejects.toMatchObject({ code: 'vault/wrong-password' });
  await change(strong, 'Window-Cactus-81');
  expect(identity.sessions.find(here.token)).not.toBeNull();
  expect(identity.sessions.find(elsewhere.token)).toBeNull();
  await expect(change('Window-Cactus-81', strong)).rejects.toMatchObject({ code: 'identity/password-used-before' });
  await change('Window-Cactus-81', 'Velvet+Anchor+15');
  await change('Velvet+Anchor+15', strong);
  await vault.check('ada', { password: strong });
  for (let tries = 0; tries < 5; tries++)
    await expect(change('wrong', 'Window-Cactus-99')).rejects.toMatchObject({ code: 'vault/wrong-password' });
  await expect(change(strong, 'Window-Cactus-99')).rejects.toMatchObject({ code: 'identity/locked-out' });
  expect(identity.byId(person.id).lockedUntil).toBeGreaterThan(Date.now());
  accounts.unlock(act(), person.id);
  expect(lockout.lockedUntil('ada')).toBeNull();
});

test('a person of the directory whose key went with the old vault key can be enabled again: the directory knows the password', async () => {
  const { accounts, storage, act, slots, create, db } = await openAccounts();
  const { id } = await create({ source: 'directory' });
  db.prepare("UPDATE people SET second_factor = 'certificate'").run();
  accounts.setStatus(act(), id, 'disabled');
  slots.keeping(() => storage.db.transaction(() => accounts.dropDisabledSlots()).immediate());
  await expect(accounts.resetPassword(act(), id, strong)).rejects.toMatchObject({ code: 'identity/directory-password' });
  expect(accounts.setStatus(act(), id, 'active')).toMatchObject({ status: 'active', secondFactor: null });
});

test('with a new password a token that opened alone opens nothing any more, and the record says so', async () => {
  const { accounts, audit, vault, slots, storage, create, act } = await openAccounts();
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const kinds = (userName: string) => slotsOf(vault.existing(), userName).map(({ kind }) => kind);
  const giveToken = (userName: string) => {
    const extra = newTokenFactor({ serial: '1', tokenLabel: 'stolen', keyId: 'ab', publicKey: spki });
    const slot = newTokenSlot(storage.vaultId, userName, extra, storage.ring);
    slots.keeping(() => storage.db.transaction(() => vault.changeSlots(storage, (all) => [...all, slot])).immediate());
    expect(kinds(userName)).toEqual(['password', 'token']);
  };
  const person = await create();
  giveToken('root');
  giveToken('ada');
  await accounts.resetPassword(act('identity.reset-password'), person.id, 'another good one');
  expect(kinds('ada')).toEqual(['password']);
  giveToken('ada');
  await accounts.recoverPassword(act('vault.recover'), person, 'yet another good one', { id: 'r', kind: 'recovery' });
  expect(kinds('ada')).toEqual(['password']);
  expect(kinds('root')).toEqual(['password', 'token']);
  const { entries } = audit.list({ search: '', limit: 2 });
  expect(entries.map(({ details }) => details)).toEqual([{ by: 'recovery', slot: 'r', tokenSlots: 1 }, { tokenSlots: 1 }]);
  await vault.check('ada', { password: 'yet another good one' });
});

test('separated duties: three administrators exclude each other, nobody owns, and there is no way back', async () => {
  const { identity, accounts, policies, create, act, owner, storage, vault, lockout } = await openAccounts();
  const ada = await create();
  const account = (userName: string) => ({ userName, displayName: userName, password: strong });
  const trio = { system: account('syd'), security: account('sue'), audit: account('aud') };
  await expect(accounts.separateDuties(act(), { ...trio, ownRole: 'analyst' })).rejects.toMatchObject({ code: 'identity/recovery-first' });
  expect(policies.state.mode).toBe('personal');
  const keys = new KeysService({ vault, storage, people: () => identity.list(), lockout, separated: () => false });
  await keys.confirm(act('keys.confirm-recovery'), 'recovery', keys.beginRecovery(act('keys.begin-recovery')));
  const separate = () => accounts.separateDuties(act(), { ...trio, ownRole: 'analyst' });
  await expect(accounts.separateDuties(act(), { ...trio, audit: account('ada'), ownRole: 'analyst' })).rejects.toMatchObject({
    code: 'identity/name-taken',
  });
  expect(policies.state.mode).toBe('personal');
  expect(identity.list()).toHaveLength(2);
  await separate();
  const byName = Object.fromEntries(identity.list().map((each) => [each.userName, each]));
  expect(Object.fromEntries(Object.entries(byName).map(([name, { role }]) => [name, role]))).toEqual({
    root: 'analyst',
    ada: 'analyst',
    syd: 'system-administrator',
    sue: 'security-administrator',
    aud: 'audit-administrator',
  });
  expect(policies.current).toMatchObject({
    password: { minimumLength: 10, minimumKinds: 3, history: 5, maximumAgeDays: 90 },
    fourEyes: ['export', 'role-change', 'retention-change', 'key-operation'],
  });
  const code = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return (error as { code: string }).code;
    }
    return 'done';
  };
  const sue = { ...systemActor, personId: byName['sue']?.id ?? '', name: 'sue' };
  expect(code(() => accounts.setRole(act('x', sue), owner.id, 'owner'))).toBe('identity/no-owner-when-separated');
  expect(code(() => accounts.setRole(act('x', sue), sue.personId, 'audit-administrator'))).toBe('identity/own-role');
  expect(code(() => accounts.setRole(act('x', sue), byName['aud']?.id ?? '', 'analyst'))).toBe('identity/last-administrator');
  expect(code(() => accounts.setStatus(act(), byName['aud']?.id ?? '', 'disabled'))).toBe('identity/last-administrator');
  expect(code(() => accounts.setRole(act('x', sue), ada.id, 'system-administrator'))).toBe('done');
  await expect(accounts.resetPassword(act(), sue.personId, strong)).rejects.toMatchObject({ code: 'identity/administrator-password' });
  await expect(create({ userName: 'eve', role: 'security-administrator', password: strong })).rejects.toMatchObject({
    code: 'identity/appointed-role',
  });
  await expect(separate()).rejects.toMatchObject({ code: 'identity/already-separated' });
  expect(storage.db.prepare("SELECT count(*) FROM people WHERE role = 'owner'").pluck().get()).toBe(0);
});
