import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AuditLog } from '../audit/audit-log.ts';
import type { DrillResult } from '../contract/backup.ts';
import { AppError, isAbort, toErrorShape } from '../errors.ts';
import { openStorage } from '../vault/open-vault.ts';
import type { KeyRing } from '../vault/key-ring.ts';
import type { BackupSet } from './backup-set.ts';
import type { Control } from './control.ts';
import { restoreSnapshot } from './restore-snapshot.ts';

const nameOf = (vaultFolder: string) => `${basename(vaultFolder)}.drill-`;

/**
 * Proves that a snapshot is a vault: restores it beside the vault (or beside the backups where there is more room), opens
 * it with a copy of the open vault's key, compares its rows with those that were hashed at the backup, reads its audit
 * log and decrypts every file; then removes all of it. Only cancelling throws: everything else is a result.
 */
export async function drillSnapshot(
  set: BackupSet,
  snapshot: string,
  vaultFolder: string,
  ring: KeyRing,
  control: Control,
): Promise<DrillResult> {
  const none = { rows: 0, tables: 0, blobs: 0, bytes: 0, recoveryMs: 0, bytesPerSecond: 0 };
  const base = { snapshotId: snapshot, at: Date.now() };
  const problems: string[] = [];
  let folder: string | null = null;
  try {
    const bytes = set.list().find(({ id }) => id === snapshot)?.header?.bytes ?? 0;
    folder = mkdtempSync(join(roomFor(bytes, vaultFolder, set), nameOf(vaultFolder)));
    const restored = await restoreSnapshot(set, snapshot, folder, ring, control);
    if (!restored.rowsProven) problems.push('backup/rows-unproven');
    control.enter('opening', restored.manifest.image.size);
    const started = performance.now();
    const storage = openStorage(folder, set.vaultId, copyOf(ring), 'open');
    const recoveryMs = restored.durationMs + (performance.now() - started);
    try {
      const audit = await new AuditLog(storage).verify(restored.manifest.audit);
      if (!audit.ok) problems.push('audit/damaged');
      control.enter(
        'comparing',
        restored.manifest.blobs.reduce((sum, [, , size]) => sum + size, 0),
      );
      for (const [id, , size] of restored.manifest.blobs) {
        await control.mayGoOn();
        const verdict = await storage.blobs.verify(id);
        if (verdict !== 'ok') problems.push(`vault/blob-${verdict}`);
        control.advance(size);
      }
    } finally {
      storage.close();
    }
    const digests = Object.values(restored.digests);
    return {
      ...base,
      ok: problems.length === 0,
      rows: digests.reduce((sum, { rows }) => sum + rows, 0),
      tables: digests.length,
      blobs: restored.manifest.blobs.length,
      bytes: restored.header.bytes,
      recoveryMs: Math.round(recoveryMs),
      bytesPerSecond: Math.round(restored.header.bytes / (recoveryMs / 1000)),
      problems: [...new Set(problems)],
    };
  } catch (error) {
    if (isAbort(error) || control.signal.aborted) throw error;
    return { ...base, ...none, ok: false, problems: [...problems, toErrorShape(error).code] };
  } finally {
    control.enter('removing', 0);
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what a drill left behind that was killed. */
export function removeDrills(vaultFolder: string, set: BackupSet | null): void {
  for (const parent of [dirname(vaultFolder), ...(set ? [dirname(set.folder)] : [])])
    for (const name of existsSync(parent) ? readdirSync(parent) : [])
      if (name.startsWith(nameOf(vaultFolder))) rmSync(join(parent, name), { recursive: true, force: true });
}

function copyOf({ current, keys }: KeyRing): KeyRing {
  return { current, keys: new Map([...keys].map(([epoch, key]) => [epoch, Buffer.from(key)])) };
}

function roomFor(bytes: number, vaultFolder: string, set: BackupSet): string {
  const free = (folder: string) => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  const place = [dirname(vaultFolder), dirname(set.folder)].find((folder) => free(folder) > bytes * 1.1 + 64 * 1024 * 1024);
  if (place) return place;
  throw new AppError(
    'backup/no-room',
    'There is not enough free space for a drill: it needs as much as the vault takes. Free some space and try again.',
  );
}
