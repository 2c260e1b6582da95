import { mkdirSync } from 'node:fs';
import type { AuditLog } from '../audit/audit-log.ts';
import { Anchor } from './anchor.ts';
import { Blobs } from './blobs.ts';
import { checkSmall } from './check/small-check.ts';
import { beginUse, endUse, openDatabase, type WritableDb } from './database.ts';
import { newestEpoch, wipeRing, type KeyRing } from './key-ring.ts';
import { releaseFile } from './held-file.ts';
import { migrate } from './migrations/index.ts';
import { databaseEpoch } from './rotation/database-epoch.ts';
import { randomSecret } from './secrets.ts';
import { Space } from './space/space.ts';
import { subKey, subRing } from './sub-keys.ts';
import { vaultPaths } from './vault-file.ts';

/** An open vault's storage and its vault keys; `close` wipes the keys. */
export type OpenStorage = {
  readonly folder: string;
  readonly vaultId: string;
  readonly ring: KeyRing;
  /** Whose key the database is under: the older one until a rotation gets to it. */
  databaseEpoch: number;
  /** False after a crash: blobs may be there that no row refers to. */
  readonly closedInOrder: boolean;
  readonly db: WritableDb;
  readonly blobs: Blobs;
  readonly anchor: Anchor;
  readonly space: Space;
  /** `used` false: it was opened and refused. What a crash left behind then still waits for the next opening. */
  close(used?: boolean): void;
};

/** Opens (or makes) the storage of a vault with its vault keys, which it takes over. */
export function openStorage(folder: string, vaultId: string, ring: KeyRing, mode: 'create' | 'open'): OpenStorage {
  const paths = vaultPaths(folder);
  const epoch = databaseEpoch(paths.database, vaultId, ring);
  const databaseKey = subKey(ring.keys.get(epoch) ?? Buffer.alloc(0), vaultId, 'database');
  let blobs: Blobs | null = null;
  try {
    mkdirSync(paths.models, { recursive: true, mode: 0o700 });
    const space = new Space(folder, () => ({ blobBytes: blobs?.usage.bytes ?? 0, blobCount: blobs?.usage.count ?? 0 }));
    const db = space.rescued(() => openDatabase(paths.database, databaseKey, mode));
    try {
      migrate(db, paths.beforeMigration);
      const newest = newestEpoch(ring);
      const stored = space.rescued(() => openBlobs(db, paths.blobs, subRing(ring, vaultId, 'blobs', newest), space));
      blobs = stored;
      const anchor = new Anchor(paths.anchor, randomSecret(db, 'anchor'));
      const closedInOrder = space.rescued(() => beginUse(db));
      if (!closedInOrder) checkSmall(db, paths.database);
      const close = (used = true) => {
        try {
          anchor.close();
          if (used || closedInOrder) space.rescued(() => endUse(db, stored.usage));
        } finally {
          db.close();
          releaseFile(paths.database);
          stored.close();
          wipeRing(ring);
        }
      };
      return { folder, vaultId, ring, databaseEpoch: epoch, closedInOrder, db, blobs, anchor, space, close };
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    releaseFile(paths.database);
    wipeRing(ring);
    throw error;
  } finally {
    databaseKey.fill(0);
  }
}

function openBlobs(db: WritableDb, folder: string, ring: KeyRing, space: Space): Blobs {
  const blobs = new Blobs(folder, ring, randomSecret(db, 'blob-names'), (bytes) => space.admit(bytes));
  const known = db.prepare('SELECT blob_bytes AS bytes, blob_count AS count FROM vault').get();
  if (known) blobs.startUsage(known as { bytes: number; count: number });
  return blobs;
}

/** Keeps the anchor at the audit log's head; call it after each commit. */
export function anchorHead(anchor: Anchor, audit: AuditLog): void {
  const { size, root } = audit.head();
  anchor.note({ size, rootHash: Buffer.from(root).toString('hex') });
}
