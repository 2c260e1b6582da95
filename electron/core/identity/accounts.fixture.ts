import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AuditedAct, systemActor, type Actor } from '../audit/act.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { createSigningKeys } from '../audit/signing-keys.ts';
import { PoliciesService } from '../policies/policies.service.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { floorCost } from '../vault/kdf.ts';
import { Vault } from '../vault/vault.ts';
import { AccountsService, type NewAccount } from './accounts.service.ts';
import { IdentityService, newPerson } from './identity.service.ts';
import { Lockout } from './lockout/lockout.ts';
import { PeopleRepository } from './people.repository.ts';
import { PersonSlots } from './person-slots.ts';
import type { Person, Role } from '../contract/identity.ts';

/** A real vault whose owner is `root`, with the services around accounts. */
export async function openAccounts() {
  const folder = temporaryFolder();
  const vault = new Vault(folder, floorCost);
  const { storage, file } = await vault.create('root', 'correct horse battery', (made) => createSigningKeys(made));
  onTestFinished(() => storage.close());
  const { db } = storage;
  const owner = newPerson('root', 'Root', 'owner');
  new PeopleRepository(db).add(owner);
  const audit = new AuditLog(storage);
  const act = (action = 'identity.create-person', actor: Actor = systemActor) => new AuditedAct(db, audit, actor, action);
  const policies = new PoliciesService(db);
  const lockout = new Lockout(
    join(folder, 'attempts.json'),
    () => file.vaultId,
    () => true,
  );
  const identity = new IdentityService({ db, policies, lockout, host: 'cli' });
  const slots = new PersonSlots(vault, storage);
  const accounts = new AccountsService({ db, identity, slots, policies, lockout });
  const create = (person: Partial<NewAccount> & { role?: Role; mustChangePassword?: boolean; source?: Person['source'] } = {}) =>
    accounts.create(act(), { userName: 'ada', displayName: 'x', role: 'analyst', password: 'password one', ...person });
  return { folder, vault, storage, db, audit, act, policies, lockout, identity, slots, accounts, create, owner };
}
