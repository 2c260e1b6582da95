import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { isAbort } from '../errors.ts';
import type { BackupSet } from './backup-set.ts';
import type { Control } from './control.ts';
import { eachOf, hashFile } from './files.ts';
import { readImage } from './image-pack.ts';
import type { SnapshotManifest } from './manifest.ts';
import { readDigests } from './restore-snapshot.ts';
import { openSnapshot, type ManifestKey } from './sealed-manifest.ts';

/** What is wrong with a snapshot: `manifest`, `vault.json`, `anchor.json`, `tables`, `database`, or the name of an object. */
export type Finding = { readonly member: string; readonly problem: 'missing' | 'damaged' };

/** Reads every byte of a snapshot and compares it with the manifest. Nothing is written. */
export async function verifySnapshot(set: BackupSet, snapshot: string, key: ManifestKey, control: Control): Promise<Finding[]> {
  const paths = set.snapshot(snapshot);
  let opened: ReturnType<typeof openSnapshot>;
  try {
    opened = openSnapshot(set, snapshot, key);
  } catch {
    return [{ member: 'manifest', problem: existsSync(paths.manifest) ? 'damaged' : 'missing' }];
  }
  const { header, manifest } = opened;
  control.enter('checking', header.bytes);
  const findings: Finding[] = [];
  const note = (member: string, problem: Finding['problem'] | null) => problem && findings.push({ member, problem });
  note('vault.json', checkText(paths.vaultFile, manifest.vaultFile));
  if (manifest.anchor) note('anchor.json', checkText(paths.anchor, manifest.anchor));
  try {
    readDigests(set, header, key.key, key.kind);
  } catch {
    note('tables', 'damaged');
  }
  note('database', await checkImage(set, manifest, control));
  await eachOf(objectsOf(manifest), 4, async ([sha256, bytes]) => {
    await control.mayGoOn();
    note(sha256, await checkObject(set, sha256, bytes, control));
  });
  return findings;
}

/**
 * Checks objects whatever snapshot they are of, for the regular check in slices. Damaged ones are put aside as
 * `<name>.damaged`, so that the next backup stores them again where the vault still has them.
 */
export async function verifyObjects(set: BackupSet, objects: readonly string[], control: Control): Promise<string[]> {
  const sizes = await set.objects();
  control.enter(
    'checking',
    objects.reduce((sum, sha256) => sum + (sizes.get(sha256) ?? 0), 0),
  );
  const found: string[] = [];
  await eachOf(objects, 2, async (sha256) => {
    await control.mayGoOn();
    if (!(await checkObject(set, sha256, sizes.get(sha256) ?? 0, control))) return;
    found.push(sha256);
    putAside(set, sha256);
  });
  return found;
}

/** Keeps a damaged object from being taken for a stored one; not on a medium that cannot be written to. */
export function putAside(set: BackupSet, sha256: string): void {
  const file = set.object(sha256);
  try {
    if (existsSync(file)) renameSync(file, `${file}.damaged`);
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

export function objectsOf(manifest: SnapshotManifest): Map<string, number> {
  return new Map([...manifest.blobs.map(([, sha256, bytes]) => [sha256, bytes] as const), ...manifest.models]);
}

async function checkObject(set: BackupSet, sha256: string, bytes: number, control: Control): Promise<Finding['problem'] | null> {
  const file = set.object(sha256);
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return 'missing';
  const hashed = await hashFile(file, { signal: control.signal, onBytes: (count) => control.advance(count) });
  return hashed.sha256 === sha256 && size === bytes ? null : 'damaged';
}

async function checkImage(set: BackupSet, manifest: SnapshotManifest, control: Control): Promise<Finding['problem'] | null> {
  try {
    for await (const pieces of readImage(set, manifest.image, control)) control.advance(pieces.length);
    return null;
  } catch (error) {
    if (isAbort(error)) throw error;
    return manifest.image.packs.every((pack) => existsSync(set.pack(pack))) ? 'damaged' : 'missing';
  }
}

function checkText(file: string, sha256: string): Finding['problem'] | null {
  if (!existsSync(file)) return 'missing';
  return createHash('sha256').update(readFileSync(file)).digest('hex') === sha256 ? null : 'damaged';
}
