import { existsSync, mkdirSync } from 'node:fs';
import { AuditedAct, systemActor, type Actor } from '../audit/act.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { createSigningKeys } from '../audit/signing-keys.ts';
import { ringOf } from '../vault/key-ring.ts';
import { openStorage } from '../vault/open-vault.ts';
import { vaultPaths } from '../vault/vault-file.ts';

/** The real encrypted storage of a vault in `folder`, made or opened with a fixed key, with its audit log. */
export function openVaultDatabase(folder: string) {
  mkdirSync(folder, { recursive: true });
  const fresh = !existsSync(vaultPaths(folder).database);
  const storage = openStorage(folder, 'v1', ringOf(Buffer.alloc(32, 7)), fresh ? 'create' : 'open');
  const { db, blobs } = storage;
  if (fresh) db.transaction(() => createSigningKeys(storage)).immediate();
  const audit = new AuditLog(storage);
  const actAs = (actor: Actor) => (action: string) => new AuditedAct(db, audit, actor, action);
  return {
    db,
    blobs,
    audit,
    act: actAs({ ...systemActor, personId: 'p1', name: 'ada' }),
    systemAct: actAs(systemActor),
    close: () => storage.close(),
  };
}
