import { mkdirSync } from 'node:fs';
import type { AuditLog } from '../audit/audit-log.ts';
import { Anchor } from './anchor.ts';
import { Blobs } from './blobs.ts';
import { beginUse, endUse, openDatabase, type WritableDb } from './database.ts';
import { currentKey, ringOf, wipeRing, type KeyRing } from './key-ring.ts';
import { migrate } from './migrations/index.ts';
import { subKey } from './sub-keys.ts';
import { vaultPaths } from './vault-file.ts';

/** An open vault's storage and its vault keys; `close` wipes the keys. */
export type OpenStorage = {
  readonly ring: KeyRing;
  /** False after a crash: blobs may be there that no row refers to. */
  readonly closedInOrder: boolean;
  readonly db: WritableDb;
  readonly blobs: Blobs;
  readonly anchor: Anchor;
  /** `used` false: it was opened and refused. What a crash left behind then still waits for the next opening. */
  close(used?: boolean): void;
};

/** Opens (or makes) the storage of a vault with its vault keys, which it takes over. */
export function openStorage(folder: string, vaultId: string, ring: KeyRing, mode: 'create' | 'open'): OpenStorage {
  const paths = vaultPaths(folder);
  mkdirSync(paths.models, { recursive: true, mode: 0o700 });
  const vaultKey = currentKey(ring);
  const databaseKey = subKey(vaultKey, vaultId, 'database');
  try {
    const db = openDatabase(paths.database, databaseKey, mode);
    try {
      migrate(db);
      const blobs = new Blobs(
        paths.blobs,
        ringOf(subKey(vaultKey, vaultId, 'blobs'), ring.current),
        subKey(vaultKey, vaultId, 'blob-names'),
      );
      const anchor = new Anchor(paths.anchor, subKey(vaultKey, vaultId, 'anchor'));
      const closedInOrder = beginUse(db);
      const close = (used = true) => {
        try {
          anchor.close();
          if (used || closedInOrder) endUse(db);
        } finally {
          db.close();
          blobs.close();
          wipeRing(ring);
        }
      };
      return { ring, closedInOrder, db, blobs, anchor, close };
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    wipeRing(ring);
    throw error;
  } finally {
    databaseKey.fill(0);
  }
}

/** Keeps the anchor at the audit log's head; call it after each commit. */
export function anchorHead(anchor: Anchor, audit: AuditLog): void {
  const { size, root } = audit.head();
  anchor.note({ size, rootHash: Buffer.from(root).toString('hex') });
}
