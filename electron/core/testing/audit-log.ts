import { AuditLog } from '../audit/audit-log.ts';
import type { MachineClock } from '../audit/boot.ts';
import { createSigningKeys, type LogStorage } from '../audit/signing-keys.ts';
import type { WritableDb } from '../vault/database.ts';
import { ringOf } from '../vault/key-ring.ts';

/** What an audit log needs of a vault, for tests that have only its database. */
export function logStorage(db: WritableDb, vaultId = 'v1'): LogStorage {
  return { db, vaultId, ring: ringOf(Buffer.alloc(32, 7)) };
}

/** What somebody with the database key could do: an index over actions that holds nothing and looks as if it held all. */
export function giveFalseIndex(db: WritableDb): void {
  const sql = 'CREATE INDEX sly ON audit_leaves (action)';
  db.exec(`${sql} WHERE action IS NULL`);
  db.unsafeMode(true);
  db.pragma('writable_schema=1');
  db.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'sly'").run(sql);
  db.pragma('writable_schema=RESET');
  db.unsafeMode(false);
}

/** The new, empty audit log of a database that holds its tables. */
export function newAuditLog(db: WritableDb, vaultId = 'v1', machine?: MachineClock): AuditLog {
  const storage = logStorage(db, vaultId);
  createSigningKeys(storage);
  return new AuditLog(storage, machine);
}
