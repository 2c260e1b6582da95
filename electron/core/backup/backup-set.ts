import { closeSync, existsSync, lstatSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../errors.ts';
import { snapshotId, type SnapshotHeader } from './manifest.ts';
import { damaged, readHeader } from './sealed-manifest.ts';

const setName = /^redoubt-([0-9a-f-]{36})$/;

/** A snapshot as a listing finds it; `header` null where it cannot be read. */
export type ListedSnapshot = { readonly id: string; readonly sequence: number; readonly header: SnapshotHeader | null };

/**
 * The backups of one vault in a folder. `objects/` holds encrypted files by their SHA-256, each once; `images/` what each
 * snapshot added of the database file; `snapshots/<id>/` the rest. A snapshot exists once its manifest is there.
 */
export class BackupSet {
  readonly folder: string;
  readonly vaultId: string;

  /** `folder` is what a person chose; the set is a folder in it. */
  constructor(folder: string, vaultId: string) {
    this.folder = join(folder, `redoubt-${vaultId}`);
    this.vaultId = vaultId;
  }

  get exists(): boolean {
    return existsSync(this.folder);
  }

  get paths() {
    const { folder } = this;
    return {
      objects: join(folder, 'objects'),
      images: join(folder, 'images'),
      snapshots: join(folder, 'snapshots'),
      journal: join(folder, 'journal'),
      lock: join(folder, 'lock'),
    };
  }

  object(sha256: string): string {
    return join(this.paths.objects, sha256.slice(0, 2), sha256.slice(2));
  }

  pack(snapshot: string): string {
    return join(this.paths.images, `${snapshot}.pack`);
  }

  snapshot(id: string) {
    const folder = join(this.paths.snapshots, snapshotId.parse(id));
    return {
      folder,
      manifest: join(folder, 'manifest'),
      vaultFile: join(folder, 'vault.json'),
      anchor: join(folder, 'anchor.json'),
      tables: join(folder, 'tables'),
    };
  }

  /** Newest first. */
  list(): ListedSnapshot[] {
    const names = this.exists ? entries(this.paths.snapshots).filter((name) => snapshotId.safeParse(name).success) : [];
    const found = names.filter((id) => this.#isThere(id));
    return found
      .map((id) => ({ id, sequence: Number.parseInt(id, 10), header: this.#header(id) }))
      .sort((a, b) => b.sequence - a.sequence || b.id.localeCompare(a.id));
  }

  /** The text of a snapshot's manifest file. @throws AppError `backup/no-snapshot`, `backup/damaged` */
  manifestText(id: string): string {
    const known = snapshotId.safeParse(id).success && this.#isThere(id);
    if (!known)
      throw new AppError('backup/no-snapshot', 'This backup is not in the backup folder (any more). Nothing was changed. Choose another.', {
        id,
      });
    try {
      return readFileSync(this.snapshot(id).manifest, 'utf8');
    } catch (error) {
      throw damaged('manifest', error);
    }
  }

  /** SHA-256 → bytes of every object there. */
  async objects(): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (const shard of entries(this.paths.objects).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      await new Promise(setImmediate);
      for (const name of entries(join(this.paths.objects, shard)).filter((each) => /^[0-9a-f]{62}$/.test(each)))
        found.set(shard + name, statSync(join(this.paths.objects, shard, name)).size);
    }
    return found;
  }

  /** All that is read at once must be plain files: on a disk of somebody else a pipe would hold up core for ever. */
  #isThere(id: string): boolean {
    const { manifest, vaultFile, anchor, tables } = this.snapshot(id);
    const isPlain = (file: string) => lstatSync(file, { throwIfNoEntry: false })?.isFile() ?? true;
    return existsSync(manifest) && [manifest, vaultFile, anchor, tables].every(isPlain);
  }

  #header(id: string): SnapshotHeader | null {
    try {
      const header = readHeader(firstBytes(this.snapshot(id).manifest));
      return header.snapshot === id && header.vaultId === this.vaultId ? header : null;
    } catch {
      return null;
    }
  }
}

/** The backup sets in a folder, or the one that the folder is. @throws AppError `backup/destination-missing` */
export function findSets(folder: string): BackupSet[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw destinationMissing();
  const own = setName.exec(basename(folder))?.[1];
  if (own && existsSync(join(folder, 'snapshots'))) return [new BackupSet(join(folder, '..'), own)];
  return entries(folder).flatMap((name) => {
    const vaultId = setName.exec(name)?.[1];
    return vaultId ? [new BackupSet(folder, vaultId)] : [];
  });
}

export function destinationMissing(): AppError {
  return new AppError(
    'backup/destination-missing',
    'The backup folder is not there. Nothing was stored. Connect the disk or share, or choose another folder.',
  );
}

/** Enough for a header; a manifest can be many megabytes. */
function firstBytes(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(4096);
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(handle);
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
