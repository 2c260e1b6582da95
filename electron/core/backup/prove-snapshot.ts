import { mkdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../vault/database.ts';
import type { BackupSet } from './backup-set.ts';
import type { Control } from './control.ts';
import { publishFile, writeAll } from './files.ts';
import { readImage } from './image-pack.ts';
import type { SnapshotHeader, TableDigests } from './manifest.ts';
import { openSnapshot, sealDigests } from './sealed-manifest.ts';
import type { BackupSource } from './source.ts';
import { digestTables } from './table-digests.ts';

/**
 * Reads the database of a new snapshot back from the set, opens it in `folder` and stores counts and hashes of its rows
 * with the snapshot: what restores and drills compare with. Without this step (it was cancelled) a snapshot is as good,
 * but its rows can only be counted.
 */
export async function proveSnapshot(
  set: BackupSet,
  { snapshot }: SnapshotHeader,
  source: Pick<BackupSource, 'setKey' | 'withDatabaseKey'>,
  folder: string,
  control: Control,
): Promise<TableDigests> {
  const key = { kind: 'set' as const, key: source.setKey };
  const { header, manifest } = openSnapshot(set, snapshot, key);
  control.enter('proof', manifest.image.size);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${snapshot}.db`);
  try {
    const to = await open(file, 'w', 0o600);
    try {
      for await (const pieces of readImage(set, manifest.image, control)) {
        await writeAll(to, pieces);
        control.advance(pieces.length);
      }
    } finally {
      await to.close();
    }
    const db = source.withDatabaseKey((databaseKey) => openDatabase(file, databaseKey, 'open'));
    try {
      const digests = await digestTables(db, control.signal);
      await publishFile(set.snapshot(snapshot).tables, sealDigests(header, digests, key));
      return digests;
    } finally {
      db.close();
    }
  } finally {
    for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
  }
}
