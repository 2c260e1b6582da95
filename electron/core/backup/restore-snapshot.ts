import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { syncFolder, writeFileAtomic } from '../vault/atomic-file.ts';
import { openDatabase, type WritableDb } from '../vault/database.ts';
import { currentKey, type KeyRing } from '../vault/key-ring.ts';
import { subKey } from '../vault/sub-keys.ts';
import { readVaultFile, vaultPaths } from '../vault/vault-file.ts';
import type { BackupSet } from './backup-set.ts';
import type { Control } from './control.ts';
import { copyFile, DirtyFolders, eachOf, hashFile, syncFiles, writeAll } from './files.ts';
import { readImage } from './image-pack.ts';
import type { SnapshotHeader, SnapshotManifest, TableDigests } from './manifest.ts';
import { writeRestoreNote } from './restore-note.ts';
import { damaged, openDigests, openSnapshot } from './sealed-manifest.ts';
import { digestTables } from './table-digests.ts';

const atOnce = 4;

export type Restored = {
  readonly header: SnapshotHeader;
  readonly manifest: SnapshotManifest;
  readonly digests: TableDigests;
  /** False where the backup was interrupted before its rows were hashed: they are counted, but there is nothing to compare with. */
  readonly rowsProven: boolean;
  readonly durationMs: number;
};

/**
 * Brings a snapshot back into `folder`, which becomes a vault only when everything has been checked: each file against the
 * manifest, the database by opening it and comparing its rows. An interrupted restore goes on where it stopped. `ring` is
 * what the snapshot's own vault file opens with; it stays the caller's.
 * @throws AppError `vault/exists`, `vault/incomplete`, `backup/damaged`, `backup/other-key`
 */
export async function restoreSnapshot(
  set: BackupSet,
  snapshot: string,
  folder: string,
  ring: KeyRing,
  control: Control,
): Promise<Restored> {
  const started = performance.now();
  const paths = vaultPaths(folder);
  refuseOverVault(folder);
  if (existsSync(paths.database) && !existsSync(paths.creating))
    throw new AppError(
      'vault/incomplete',
      'There is a vault here whose file vault.json is missing. Nothing was changed. Choose an empty folder.',
    );
  const key = subKey(currentKey(ring), set.vaultId, 'backup');
  try {
    const { header, manifest } = openSnapshot(set, snapshot, { kind: 'vault', key });
    const vaultFile = checkedText(set.snapshot(snapshot).vaultFile, manifest.vaultFile);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileAtomic(paths.creating, snapshot);
    const task = new Restore(set, manifest, folder, control);
    control.enter('restoring', header.bytes);
    await task.files();
    await task.database();
    const { digests, rowsProven } = await checkDatabase(set, header, manifest, folder, ring, key, control);
    if (manifest.anchor) writeFileAtomic(paths.anchor, checkedText(set.snapshot(snapshot).anchor, manifest.anchor));
    else rmSync(paths.anchor, { force: true });
    writeRestoreNote(folder, header, manifest.audit, key);
    writeFileAtomic(paths.file, vaultFile);
    rmSync(paths.creating);
    syncFolder(folder);
    return { header, manifest, digests, rowsProven, durationMs: Math.round(performance.now() - started) };
  } finally {
    key.fill(0);
  }
}

/** @throws AppError `vault/exists` */
export function refuseOverVault(folder: string): void {
  if (readVaultFile(folder)) throw new AppError('vault/exists', 'There is a vault here already. Unlock it, or choose another folder.');
}

class Restore {
  readonly #set: BackupSet;
  readonly #manifest: SnapshotManifest;
  readonly #folder: string;
  readonly #control: Control;
  readonly #dirty = new DirtyFolders();

  constructor(set: BackupSet, manifest: SnapshotManifest, folder: string, control: Control) {
    this.#set = set;
    this.#manifest = manifest;
    this.#folder = folder;
    this.#control = control;
  }

  async files(): Promise<void> {
    const { blobs, models } = vaultPaths(this.#folder);
    mkdirSync(models, { recursive: true, mode: 0o700 });
    const files = [
      ...this.#manifest.blobs.map(([id, sha256, bytes]) => ({ to: join(blobs, id.slice(0, 2), id.slice(2)), sha256, bytes })),
      ...this.#manifest.models.map(([sha256, bytes]) => ({ to: join(models, `${sha256}.gguf`), sha256, bytes })),
    ];
    mkdirSync(blobs, { recursive: true, mode: 0o700 });
    await eachOf(files, atOnce, (file) => this.#file(file));
    // One after the other while more is written would cost several times as much.
    await syncFiles(
      files.map(({ to }) => to),
      this.#control.signal,
    );
    await this.#dirty.sync();
  }

  async database(): Promise<void> {
    const { database } = vaultPaths(this.#folder);
    for (const leftover of [`${database}-wal`, `${database}-shm`]) rmSync(leftover, { force: true });
    const to = await open(database, 'w', 0o600);
    try {
      for await (const pieces of readImage(this.#set, this.#manifest.image, this.#control)) {
        await writeAll(to, pieces);
        this.#control.advance(pieces.length);
      }
      await to.sync();
    } finally {
      await to.close();
    }
  }

  async #file({ to, sha256, bytes }: { to: string; sha256: string; bytes: number }): Promise<void> {
    const { signal } = this.#control;
    await this.#control.mayGoOn();
    this.#dirty.make(to);
    const there = statSync(to, { throwIfNoEntry: false });
    if (there?.size === bytes && (await hashFile(to, { signal })).sha256 === sha256) return this.#control.advance(bytes);
    const place = (copied: { sha256: string; bytes: number }) => {
      if (copied.sha256 !== sha256 || copied.bytes !== bytes) throw damaged('file');
      return to;
    };
    await copyFile(this.#set.object(sha256), to, place, { signal, sync: false, onBytes: (count) => this.#control.advance(count) }).catch(
      (error: unknown) => {
        throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? damaged('file', error) : error;
      },
    );
  }
}

/** Opens the restored database with its key and compares what is in it with what the backup says. */
async function checkDatabase(
  set: BackupSet,
  header: SnapshotHeader,
  manifest: SnapshotManifest,
  folder: string,
  ring: KeyRing,
  key: Uint8Array,
  control: Control,
): Promise<{ digests: TableDigests; rowsProven: boolean }> {
  control.enter('opening', manifest.image.size);
  const expected = readDigests(set, header, key);
  const databaseKey = subKey(currentKey(ring), header.vaultId, 'database');
  let db: WritableDb;
  try {
    db = openDatabase(vaultPaths(folder).database, databaseKey, 'open');
  } finally {
    databaseKey.fill(0);
  }
  try {
    const id = db.prepare('SELECT vault_id FROM vault').pluck().get();
    const head = db.prepare('SELECT size, root FROM audit_head').get() as { size: number; root: Uint8Array } | undefined;
    const rootHash = Buffer.from(head?.root ?? []).toString('hex');
    if (id !== header.vaultId || head?.size !== manifest.audit.size || rootHash !== manifest.audit.rootHash) throw damaged('database');
    const digests = await digestTables(db, control.signal);
    if (expected && !sameDigests(digests, expected)) throw damaged('tables');
    return { digests, rowsProven: expected !== null };
  } finally {
    db.close();
  }
}

export function readDigests(set: BackupSet, header: SnapshotHeader, key: Uint8Array, kind: 'vault' | 'set' = 'vault'): TableDigests | null {
  const { tables } = set.snapshot(header.snapshot);
  return existsSync(tables) ? openDigests(header, readFileSync(tables, 'utf8'), { kind, key }) : null;
}

export function sameDigests(found: TableDigests, expected: TableDigests): boolean {
  const names = Object.keys(expected);
  return (
    names.length === Object.keys(found).length &&
    names.every((name) => found[name]?.rows === expected[name]?.rows && found[name]?.sha256 === expected[name]?.sha256)
  );
}

/** A small file whose hash the manifest holds. @throws AppError `backup/damaged` */
function checkedText(file: string, sha256: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw damaged('vault.json', error);
  }
  if (createHash('sha256').update(text).digest('hex') !== sha256) throw damaged('vault.json');
  return text;
}
