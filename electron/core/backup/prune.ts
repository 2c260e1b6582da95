import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupSet } from './backup-set.ts';
import { openSnapshot, type ManifestKey } from './sealed-manifest.ts';
import type { SnapshotManifest } from './manifest.ts';
import { keptSnapshots, type Retention } from './retention.ts';

export type Pruned = { readonly snapshots: readonly string[]; readonly files: number };

/**
 * Removes the snapshots that the retention does not keep, then every file that no remaining snapshot refers to. `isGood`
 * says that no check found a problem: the newest good one stays whatever the retention says. While a remaining manifest
 * cannot be read nothing else is removed, since nobody knows what it refers to. The set must be locked.
 */
export async function pruneSet(set: BackupSet, keep: Retention, key: ManifestKey, isGood: (snapshot: string) => boolean): Promise<Pruned> {
  finishRemovals(set);
  const listed = set.list();
  const dated = listed.flatMap(({ id, header }) => (header ? [{ id, createdAt: header.createdAt }] : []));
  const kept = keptSnapshots(dated, keep);
  const lastGood = dated.find(({ id }) => isGood(id));
  if (lastGood) kept.add(lastGood.id);
  const removed = dated.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  for (const id of removed) {
    const { folder } = set.snapshot(id);
    renameSync(folder, `${folder}.removed`);
  }
  finishRemovals(set);
  return { snapshots: removed, files: await sweep(set, key) };
}

/** A snapshot half removed is none: its folder has another name first. */
function finishRemovals(set: BackupSet): void {
  const { snapshots } = set.paths;
  for (const name of existsSync(snapshots) ? readdirSync(snapshots) : [])
    if (name.endsWith('.removed')) rmSync(join(snapshots, name), { recursive: true, force: true });
}

async function sweep(set: BackupSet, key: ManifestKey): Promise<number> {
  const objects = new Set<string>();
  const packs = new Set<string>();
  for (const { id } of set.list()) {
    await new Promise(setImmediate);
    let manifest: SnapshotManifest;
    try {
      ({ manifest } = openSnapshot(set, id, key));
    } catch {
      return 0;
    }
    for (const pack of manifest.image.packs) packs.add(pack);
    for (const [, sha256] of manifest.blobs) objects.add(sha256);
    for (const [sha256] of manifest.models) objects.add(sha256);
  }
  const unused = [...(await set.objects()).keys()].filter((sha256) => !objects.has(sha256)).map((sha256) => set.object(sha256));
  const { images } = set.paths;
  const isUnused = (name: string) => /\.pack(\.damaged)?$/.test(name) && !packs.has(name.slice(0, name.indexOf('.')));
  const files = [
    ...unused,
    ...(existsSync(images)
      ? readdirSync(images)
          .filter(isUnused)
          .map((name) => join(images, name))
      : []),
  ];
  for (const file of files) rmSync(file, { force: true });
  return files.length;
}
