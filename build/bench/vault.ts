import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupFigures } from './vault/backup.ts';
import { blobFigures } from './vault/blobs.ts';
import { databaseFigures } from './vault/database.ts';
import { openingFigures, unlockFigures } from './vault/opening.ts';
import { rotationFigures } from './vault/rotation.ts';

/** The vault against plain better-sqlite3 and plain files on the same disk, in the same run, turn by turn. */
export async function vaultBench(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-bench-'));
  const part = (name: string) => join(folder, name);
  try {
    return {
      database: databaseFigures(part('database')),
      blobs: await blobFigures(part('blobs')),
      unlock: await unlockFigures(part('unlock')),
      opening: await openingFigures(part('opening')),
      rotation: await rotationFigures(part('rotation')),
      backup: await backupFigures(part('backup')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
