import { actorOf, AuditedAct } from '../audit/act.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { createSigningKeys } from '../audit/signing-keys.ts';
import type { Person } from '../contract/identity.ts';
import type { OpenStorage } from '../vault/open-vault.ts';
import type { VaultFile } from '../vault/vault-file.ts';
import { PeopleRepository } from './people.repository.ts';

/** What a new vault holds before anybody uses it: its own row, the keys of the audit log, its owner, and the first leaf. */
export function writeFirstRows(storage: OpenStorage, { vaultId, createdAt }: VaultFile, owner: Person): void {
  const { db, freshness } = storage;
  db.transaction(() => {
    db.prepare('INSERT INTO vault (one, vault_id, created_at, open_since) VALUES (1, ?, ?, ?)').run(vaultId, createdAt, createdAt);
    createSigningKeys(storage);
    new PeopleRepository(db).add(owner);
  }).immediate();
  const audit = new AuditLog(storage);
  new AuditedAct(db, audit, actorOf(owner), 'vault.create').commit({ subject: vaultId }, () => undefined);
  freshness.begin(audit);
}
