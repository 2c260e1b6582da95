import { expect, onTestFinished, test } from 'vitest';
import { AuditedAct, systemActor } from '../audit/act.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { createSigningKeys } from '../audit/signing-keys.ts';
import { PoliciesService } from '../policies/policies.service.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { floorCost } from '../vault/kdf.ts';
import { Vault } from '../vault/vault.ts';
import { IdentityService, type NewPerson } from './identity.service.ts';

async function open() {
  const vault = new Vault(temporaryFolder(), floorCost);
  const { storage } = await vault.create('root', 'correct horse battery', ({ db }, { vaultId }) => createSigningKeys(db, vaultId));
  onTestFinished(() => storage.close());
  const identity = new IdentityService({
    db: storage.db,
    addSlot: (userName, password) => vault.setPassword(storage, userName, password),
    policies: new PoliciesService(storage.db),
    host: 'cli',
  });
  const act = () => new AuditedAct(storage.db, new AuditLog(storage.db), systemActor, 'identity.create-person');
  const create = (person: Partial<NewPerson>) =>
    identity.create(act(), { userName: 'ada', displayName: 'x', role: 'analyst', password: 'password one', ...person });
  return { vault, identity, create, act };
}

test('two names that share a key slot are one name, in every script', async () => {
  const { vault, identity, create } = await open();
  await create({ userName: 'ömer', password: 'password one' });
  await expect(create({ userName: 'Ömer', password: 'password two' })).rejects.toMatchObject({ code: 'identity/name-taken' });
  await vault.check('ömer', { password: 'password one' });
  expect(identity.active('ÖMER')).toMatchObject({ userName: 'ömer' });
});

test('of two who create the same name at once, the one who fails changes no password', async () => {
  const { vault, create } = await open();
  const outcomes = await Promise.allSettled([create({ password: 'password one' }), create({ password: 'password two' })]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  await vault.check('ada', { password: 'password one' });
});

test('disabling a person ends the sessions for good', async () => {
  const { identity, create, act } = await open();
  const person = await create({});
  const { token } = identity.sessions.start(person);
  expect(identity.sessions.find(token)).not.toBeNull();
  identity.setStatus(act(), person.id, 'disabled');
  identity.setStatus(act(), person.id, 'active');
  expect(identity.sessions.find(token)).toBeNull();
});
