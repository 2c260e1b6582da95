import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Anchor, type AnchorOptions } from './anchor.ts';
import { Blobs } from './blobs.ts';
import { checkSmall } from './check/small-check.ts';
import { pagesDigest } from './anchor/pages-digest.ts';
import { checkpointWithin, endUse, openDatabase, unusedBytes, unwrittenBytes, type CheckDue, type WritableDb } from './database.ts';
import { isDiskFull } from '../errors.ts';
import { Freshness } from './freshness.ts';
import { newestEpoch, wipeRing, type KeyRing } from './key-ring.ts';
import { releaseFile } from './held-file.ts';
import { migrate } from './migrations/index.ts';
import { databaseEpoch } from './rotation/database-epoch.ts';
import { randomSecret } from './secrets.ts';
import { limitRoom } from './space/room.ts';
import { Space } from './space/space.ts';
import { subKey, subRing } from './sub-keys.ts';
import { tryEmptyWriteAheadLog } from './write-ahead-log.ts';
import { outsideName, vaultPaths } from './vault-file.ts';

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
  /** Whoever changes anything calls its `begin` first. */
  readonly freshness: Freshness;
  readonly space: Space;
  /** Where it was opened and not taken into use (`freshness.begin`), it stays as it was: a crash still waits for the next opening. */
  close(): void;
};

/**
 * Opens (or makes) the storage of a vault with its vault keys, which it takes over. `anchorFolder` is where the second
 * mark of its freshness lies, outside the vault.
 */
export function openStorage(
  folder: string,
  vaultId: string,
  ring: KeyRing,
  mode: 'create' | 'open',
  anchorFolder: string | null = null,
): OpenStorage {
  const paths = vaultPaths(folder);
  const epoch = databaseEpoch(paths.database, vaultId, ring);
  const databaseKey = subKey(ring.keys.get(epoch) ?? Buffer.alloc(0), vaultId, 'database');
  let blobs: Blobs | null = null;
  let opened: WritableDb | null = null;
  try {
    mkdirSync(paths.models, { recursive: true, mode: 0o700 });
    const counted = () => ({
      blobBytes: blobs?.usage.bytes ?? 0,
      blobCount: blobs?.usage.count ?? 0,
      unusedBytes: opened?.open ? unusedBytes(opened) : 0,
      unwrittenBytes: opened?.open ? unwrittenBytes(opened) : 0,
    });
    const space = new Space(folder, counted, () => opened?.open && tryEmptyWriteAheadLog(opened));
    const pages = pagesDigest(paths.database);
    const db = space.rescued(() => openDatabase(paths.database, databaseKey, mode));
    opened = db;
    limitRoom(db, space);
    // What the log holds must find room in the file on a full disk too.
    checkpointWithin(db, space.ballastGoal / 2);
    try {
      migrate(db, paths.beforeMigration);
      const newest = newestEpoch(ring);
      const stored = space.rescued(() => openBlobs(db, paths.blobs, subRing(ring, vaultId, 'blobs', newest), space));
      blobs = stored;
      const anchor = new Anchor({ vaultId, key: randomSecret(db, 'anchor'), places: anchorPlaces(folder, vaultId, anchorFolder) });
      const check = (): CheckDue => (closedInOrder ? 'unchanged' : checked ? 'done' : 'due');
      const freshness = new Freshness({ db, anchor, file: paths.database, pages, check });
      const { closedInOrder } = freshness;
      const checked = !closedInOrder && checkSmall(db, paths.database);
      const close = () => {
        try {
          const noted = !freshness.begun || noteEnd(() => space.rescued(() => endUse(db, stored.usage, stored.isUsageExact)));
          freshness.end();
          db.close();
          // Where the end could not be noted, the next opening is one after a crash, for the mark outside too.
          if (noted) freshness.closed();
        } finally {
          db.close();
          anchor.close();
          releaseFile(paths.database);
          stored.close();
          wipeRing(ring);
        }
      };
      return { folder, vaultId, ring, databaseEpoch: epoch, closedInOrder, db, blobs, freshness, space, close };
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
  const blobs = new Blobs(folder, ring, randomSecret(db, 'blob-names'), (bytes, written) => space.admit(bytes, written));
  const known = db
    .prepare('SELECT blob_bytes AS bytes, blob_count AS count, blobs_counted = 1 AND open_since IS NULL AS isExact FROM vault')
    .get() as { bytes: number; count: number; isExact: number } | undefined;
  if (known) blobs.startUsage(known, known.isExact === 1);
  return blobs;
}

/** False where the disk is too full for it: the vault closes all the same. */
function noteEnd(note: () => void): boolean {
  try {
    note();
    return true;
  } catch (error) {
    if (isDiskFull(error)) return false;
    throw error;
  }
}

function anchorPlaces(folder: string, vaultId: string, outside: string | null): AnchorOptions['places'] {
  const beside = { place: 'vault' as const, file: vaultPaths(folder).anchor };
  return outside === null ? [beside] : [beside, { place: 'outside', file: join(outside, outsideName(folder, vaultId)) }];
}
