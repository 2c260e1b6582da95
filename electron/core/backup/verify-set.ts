import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import type { BackupSet } from './backup-set.ts';
import type { Control } from './control.ts';
import { eachOf, hashFile } from './files.ts';
import { damagedPacks } from './image-pack.ts';
import type { SnapshotManifest } from './manifest.ts';
import { readDigests } from './restore-snapshot.ts';
import { openSnapshot, type ManifestKey } from './sealed-manifest.ts';

/** What is wrong with a snapshot: `manifest`, `vault.json`, `anchor.json`, `tables`, `database`, or the name of an object. */
export type Finding = {
  readonly member: string;
  readonly problem: 'missing' | 'damaged';
  /** The file, where it can be put aside. */
  readonly file?: string;
};

/** Reads every byte of a snapshot (or all but the files of the vault) and compares it with the manifest. Nothing is written. */
export async function verifySnapshot(
  set: BackupSet,
  snapshot: string,
  key: ManifestKey,
  control: Control,
  what: 'everything' | 'no-files' = 'everything',
): Promise<Finding[]> {
  const paths = set.snapshot(snapshot);
  let opened: ReturnType<typeof openSnapshot>;
  try {
    opened = openSnapshot(set, snapshot, key);
  } catch {
    return [{ member: 'manifest', problem: existsSync(paths.manifest) ? 'damaged' : 'missing' }];
  }
  const { header, manifest } = opened;
  control.enter('checking', what === 'everything' ? header.bytes : manifest.image.size);
  const findings: Finding[] = [];
  const note = (member: string, problem: Finding['problem'] | null) => problem && findings.push({ member, problem });
  note('vault.json', checkText(paths.vaultFile, manifest.vaultFile));
  if (manifest.anchor) note('anchor.json', checkText(paths.anchor, manifest.anchor));
  try {
    readDigests(set, header, key.key, key.kind);
  } catch {
    note('tables', 'damaged');
  }
  for (const pack of await damagedPacks(set, manifest.image, control)) findings.push(found('database', set.pack(pack)));
  if (what === 'no-files') return findings;
  await eachOf(objectsOf(manifest), 4, async ([sha256, bytes]) => {
    await control.mayGoOn();
    if (!(await isIntact(set, sha256, bytes, control))) findings.push(found(sha256, set.object(sha256)));
  });
  return findings;
}

/**
 * Checks objects whatever snapshot they are of, for the regular check in slices. Damaged ones are put aside as
 * `<name>.damaged`, so that the next backup stores again what the vault still has.
 */
export async function verifyObjects(set: BackupSet, objects: readonly string[], control: Control): Promise<string[]> {
  const sizes = await set.objects();
  control.enter(
    'checking',
    objects.reduce((sum, sha256) => sum + (sizes.get(sha256) ?? 0), 0),
  );
  const damaged: string[] = [];
  await eachOf(objects, 2, async (sha256) => {
    await control.mayGoOn();
    if (await isIntact(set, sha256, sizes.get(sha256) ?? 0, control)) return;
    damaged.push(sha256);
    putAside(set.object(sha256));
  });
  return damaged;
}

/** Keeps a damaged object or pack from being taken for a good one; not on a medium that cannot be written to. */
export function putAside(file: string): void {
  try {
    if (existsSync(file)) renameSync(file, `${file}.damaged`);
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

export function objectsOf(manifest: SnapshotManifest): Map<string, number> {
  return new Map([...manifest.blobs.map(([, sha256, bytes]) => [sha256, bytes] as const), ...manifest.models]);
}

async function isIntact(set: BackupSet, sha256: string, bytes: number, control: Control): Promise<boolean> {
  const file = set.object(sha256);
  if (statSync(file, { throwIfNoEntry: false })?.size !== bytes) return false;
  return (await hashFile(file, { signal: control.signal, onBytes: (count) => control.advance(count) })).sha256 === sha256;
}

const found = (member: string, file: string): Finding => ({ member, file, problem: existsSync(file) ? 'damaged' : 'missing' });

function checkText(file: string, sha256: string): Finding['problem'] | null {
  if (!existsSync(file)) return 'missing';
  return createHash('sha256').update(readFileSync(file)).digest('hex') === sha256 ? null : 'damaged';
}
