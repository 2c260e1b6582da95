import { onTestFinished } from 'vitest';
import { AuditedAct, systemActor } from '../../audit/act.ts';
import { AuditLog } from '../../audit/audit-log.ts';
import { createSigningKeys } from '../../audit/signing-keys.ts';
import { Lockout } from '../../identity/lockout/lockout.ts';
import { newPerson } from '../../identity/identity.service.ts';
import { PeopleRepository } from '../../identity/people.repository.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import type { Keychain } from '../factors/keychain/keychain.ts';
import { Tokens } from '../factors/token/tokens.ts';
import { floorCost, type KdfCost } from '../kdf.ts';
import type { OpenStorage } from '../open-vault.ts';
import { Vault } from '../vault.ts';
import { vaultPaths } from '../vault-file.ts';
import { KeysService } from './keys.service.ts';

export const password = 'correct horse battery staple';

/** A keychain that forgets with the test. */
export function keychainDouble(): Keychain & { entries: Map<string, Buffer> } {
  const entries = new Map<string, Buffer>();
  return {
    entries,
    set: (entry, secret) => Promise.resolve(void entries.set(entry, Buffer.from(secret))),
    get: (entry) => Promise.resolve(entries.has(entry) ? Buffer.from(entries.get(entry) ?? '') : null),
    remove: (entry) => Promise.resolve(void entries.delete(entry)),
  };
}

/** A real vault of Ada and the service of its key slots; it is closed after the test. */
export async function vaultWithKeys(options: { modules?: readonly string[]; keychain?: Keychain; cost?: KdfCost } = {}) {
  const devices = { tokens: new Tokens(options.modules ?? []), keychain: options.keychain ?? null };
  const vault = new Vault(temporaryFolder(), options.cost ?? floorCost, devices);
  const ada = newPerson('ada', 'Ada', 'owner');
  const { storage } = await vault.create('ada', password, (made, { vaultId }) => {
    made.db.prepare('INSERT INTO vault (one, vault_id, created_at) VALUES (1, ?, 0)').run(vaultId);
    createSigningKeys(made);
    new PeopleRepository(made.db).add(ada);
  });
  onTestFinished(() => storage.close());
  return { vault, storage, ada, ...service(vault, storage) };
}

export function service(vault: Vault, storage: OpenStorage) {
  const rules = { separated: false };
  const people = new PeopleRepository(storage.db);
  const audit = new AuditLog(storage);
  const lockout = new Lockout(
    vaultPaths(vault.folder).attempts,
    () => storage.vaultId,
    () => true,
  );
  const keys = new KeysService({ vault, storage, people: () => people.list(), lockout, separated: () => rules.separated });
  const act = (action: `keys.${string}` | `vault.${string}`) =>
    new AuditedAct(storage.db, { append: (leaf) => audit.append(leaf) }, { ...systemActor, name: 'ada' }, action);
  return { keys, act, audit, rules };
}
