import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { BackupSet } from './backup-set.ts';
import type { Control } from './control.ts';
import { copyFile, DirtyFolders, eachOf, hashFile, publishFile, writeDurably } from './files.ts';
import { storeImage, type Image } from './image-pack.ts';
import { Journal } from './journal.ts';
import { pieceBytes, type SnapshotHeader, type SnapshotManifest, type StoredFile } from './manifest.ts';
import { openSnapshot, readHeader, sealManifest } from './sealed-manifest.ts';
import type { BackupSource } from './source.ts';

/** Files copied side by side: their syncs overlap. */
const atOnce = 4;
/** After so many incremental images the next one is whole: a long chain is many files that all must be well. */
const longestChain = 40;
const attempts = 5;

/** A file was removed, or the database rewritten, between two steps: start over, with what is stored already. */
class VaultChanged extends Error {}

/**
 * Makes one snapshot. It exists once its manifest has been renamed into place; everything it refers to is durable before.
 * `full` trusts nothing of the snapshots before: each file of the vault is read again.
 * @throws AppError `backup/vault-busy`, `backup/rotation`; the set must be locked
 */
export async function createSnapshot(source: BackupSource, set: BackupSet, full: boolean, control: Control): Promise<SnapshotHeader> {
  removeLeftovers(set);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    try {
      return await new Snapshot(source, set, full, control).make();
    } catch (error) {
      if (!(error instanceof VaultChanged)) throw error;
    }
  }
  throw new AppError(
    'backup/vault-busy',
    'The vault kept changing during the backup. What was copied is kept. Try again when less is going on.',
  );
}

class Snapshot {
  readonly #source: BackupSource;
  readonly #set: BackupSet;
  readonly #control: Control;
  readonly #journal: Journal;
  readonly #startedAt = Date.now();
  readonly #started = performance.now();
  readonly #before: { header: SnapshotHeader; manifest: SnapshotManifest } | null;
  readonly #sequence: number;
  readonly #id: string;
  readonly #dirty = new DirtyFolders();
  #objects = new Map<string, number>();
  #added = 0;

  constructor(source: BackupSource, set: BackupSet, full: boolean, control: Control) {
    this.#source = source;
    this.#set = set;
    this.#control = control;
    for (const folder of [set.paths.objects, set.paths.images, set.paths.snapshots]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#journal = new Journal(set.paths.journal, source.setKey);
    this.#sequence = (set.list()[0]?.sequence ?? 0) + 1;
    this.#id = `${String(this.#sequence).padStart(6, '0')}-${randomBytes(4).toString('hex')}`;
    this.#before = full ? null : newestUsable(source, set);
  }

  async make(): Promise<SnapshotHeader> {
    this.#objects = await this.#set.objects();
    const { image, blobs, ...state } = await this.#freeze();
    const stored = await this.#storeBlobs(blobs);
    const models = await this.#storeModels();
    const manifest: SnapshotManifest = {
      vaultFile: sha256Of(state.vaultFile),
      anchor: state.anchor === null ? null : sha256Of(state.anchor),
      audit: state.audit,
      image,
      blobs: stored,
      models,
    };
    if (this.#source.epoch() !== state.epoch) throw new VaultChanged();
    const header = await this.#publish(state, manifest);
    this.#journal.end();
    return header;
  }

  /** One moment of the vault: its database copied as it stands, and the list of its files. */
  async #freeze() {
    const { image: database, epoch: epochNow, state: stateNow, blobs: blobsNow } = this.#source;
    const epoch = epochNow();
    const frozen = database.freeze();
    try {
      const state = stateNow();
      const blobs = [...blobsNow()];
      this.#control.enter('database', frozen.size);
      const { image, addedBytes } = await storeImage(this.#set, this.#id, frozen, this.#before?.manifest.image ?? null, this.#control);
      this.#added += addedBytes;
      this.#dirty.make(this.#set.pack(this.#id));
      if (!frozen.release()) throw new VaultChanged();
      return { ...state, epoch, blobs, image };
    } finally {
      frozen.release();
    }
  }

  async #storeBlobs(blobs: readonly { id: string; path: string }[]): Promise<StoredFile[]> {
    const durable = new Set(this.#before?.manifest.blobs.map(([, sha256]) => sha256));
    const known = new Map([...(this.#before?.manifest.blobs ?? []), ...this.#journal.read()].map((file) => [file[0], file]));
    const stored: StoredFile[] = [];
    const missing: { id: string; path: string; stats: Stats }[] = [];
    for (const [count, { id, path }] of blobs.entries()) {
      if (count % 500 === 499) await new Promise(setImmediate);
      const stats = statOf(path);
      const before = known.get(id);
      const same = before?.[2] === stats.size && before[3] === Math.trunc(stats.mtimeMs) && this.#objects.get(before[1]) === stats.size;
      // What an attempt before this one copied has its place in a folder that nobody may have synced yet.
      if (before && same && !durable.has(before[1])) this.#dirty.make(this.#set.object(before[1]));
      if (before && same) stored.push(before);
      else missing.push({ id, path, stats });
    }
    this.#control.enter(
      'files',
      missing.reduce((sum, { stats }) => sum + stats.size, 0),
    );
    await eachOf(missing, atOnce, async ({ id, path, stats }) => {
      await this.#control.mayGoOn();
      const { sha256, bytes } = await this.#storeObject(path);
      // Erasing a file overwrites its key first; what was read meanwhile is nothing.
      if (statOf(path).mtimeMs !== stats.mtimeMs) throw new VaultChanged();
      const file: StoredFile = [id, sha256, bytes, Math.trunc(stats.mtimeMs)];
      this.#journal.note(file);
      stored.push(file);
    });
    return stored.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  async #storeModels(): Promise<SnapshotManifest['models']> {
    const models = [...this.#source.models()].map((model) => ({ ...model, bytes: statOf(model.path).size }));
    const missing = models.filter(({ sha256, bytes }) => this.#objects.get(sha256) !== bytes);
    this.#control.enter(
      'files',
      missing.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    for (const { sha256, bytes } of models) if (this.#objects.get(sha256) === bytes) this.#dirty.make(this.#set.object(sha256));
    for (const { sha256, path } of missing) {
      await this.#control.mayGoOn();
      const copied = await this.#storeObject(path);
      if (copied.sha256 !== sha256)
        throw new AppError(
          'backup/model-changed',
          'A model file was changed since its import, so the backup stopped. Remove the model, or leave models out of the backup.',
        );
    }
    return models.map(({ sha256, bytes }): [string, number] => [sha256, bytes]).sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Copies a file of the vault to where its hash says; one that is there already is only read. */
  async #storeObject(path: string): Promise<{ sha256: string; bytes: number }> {
    const options = { signal: this.#control.signal, onBytes: (bytes: number) => this.#control.advance(bytes) };
    const found = async <T>(work: Promise<T>) =>
      work.catch((error: unknown) => {
        throw isGone(error, path) ? new VaultChanged() : error;
      });
    // Reading twice costs less than writing and syncing what is there.
    if (this.#before === null && this.#objects.size > 0) {
      const hashed = await found(hashFile(path, { signal: options.signal }));
      if (this.#objects.get(hashed.sha256) === hashed.bytes) {
        this.#dirty.make(this.#set.object(hashed.sha256));
        this.#control.advance(hashed.bytes);
        return hashed;
      }
    }
    const place = ({ sha256 }: { sha256: string }) => {
      const target = this.#set.object(sha256);
      this.#dirty.make(target);
      return target;
    };
    const copied = await found(copyFile(path, join(this.#set.paths.objects, 'new'), place, options));
    if (this.#objects.get(copied.sha256) !== copied.bytes) this.#added += copied.bytes;
    this.#objects.set(copied.sha256, copied.bytes);
    return copied;
  }

  async #publish(state: { vaultFile: string; anchor: string | null; epoch: number }, manifest: SnapshotManifest): Promise<SnapshotHeader> {
    const blobBytes = manifest.blobs.reduce((sum, [, , bytes]) => sum + bytes, 0);
    const modelBytes = manifest.models.reduce((sum, [, bytes]) => sum + bytes, 0);
    const facts = {
      format: 'redoubt-backup/1' as const,
      vaultId: this.#source.vaultId,
      snapshot: this.#id,
      sequence: this.#sequence,
      kind: this.#before ? ('incremental' as const) : ('full' as const),
      createdAt: this.#startedAt,
      durationMs: Math.round(performance.now() - this.#started),
      epoch: state.epoch,
      bytes: manifest.image.size + blobBytes + modelBytes,
      addedBytes: this.#added,
      blobCount: manifest.blobs.length,
    };
    const text = this.#source.withKey((vault) => sealManifest(facts, manifest, { vault, set: this.#source.setKey }));
    const paths = this.#set.snapshot(this.#id);
    this.#dirty.make(paths.manifest);
    const files = [writeDurably(paths.vaultFile, state.vaultFile)];
    if (state.anchor !== null) files.push(writeDurably(paths.anchor, state.anchor));
    await Promise.all(files);
    // Whatever the manifest names is there before it is.
    await this.#dirty.sync();
    await publishFile(paths.manifest, text);
    return readHeader(text);
  }
}

/** The newest snapshot whose image this vault's next one can build on: same vault key, readable, no file of it missing. */
function newestUsable(source: BackupSource, set: BackupSet) {
  for (const { id, header } of set.list()) {
    if (header?.epoch !== source.epoch()) continue;
    try {
      const opened = openSnapshot(set, id, { kind: 'set', key: source.setKey });
      const { image } = opened.manifest;
      if (
        image.packs.length <= longestChain &&
        !weighsTooMuch(set, image) &&
        image.packs.every((pack, index) => isWhole(set, image, pack, index))
      )
        return opened;
    } catch {
      // Damaged or of another key: verification reports it, a backup builds on another.
    }
  }
  return null;
}

function isWhole(set: BackupSet, image: Image, pack: string, index: number): boolean {
  const last = image.pieces.reduce((place, piece) => (piece[0] === index ? Math.max(place, piece[1]) : place), 0);
  return (statSync(set.pack(pack), { throwIfNoEntry: false })?.size ?? 0) > last * pieceBytes;
}

/** True where the packs hold more of what is gone than of what is there: a whole image is smaller in the long run. */
function weighsTooMuch(set: BackupSet, image: Image): boolean {
  const bytes = image.packs.reduce((sum, pack) => sum + (statSync(set.pack(pack), { throwIfNoEntry: false })?.size ?? 0), 0);
  return bytes > 2 * image.size + pieceBytes;
}

/**
 * What a killed backup left half written. Whole objects stay: the next one finds them, or pruning removes them. Its number
 * is above that of every snapshot there is.
 */
function removeLeftovers(set: BackupSet): void {
  const newest = set.list()[0]?.sequence ?? 0;
  const isNewer = (name: string) => Number.parseInt(name, 10) > newest;
  const { objects, images, snapshots } = set.paths;
  const leftovers = [
    ...namesIn(objects).map((name) => [objects, name] as const),
    ...namesIn(images).map((name) => [images, name] as const),
    ...namesIn(snapshots).map((name) => [snapshots, name] as const),
  ].filter(([folder, name]) => name.endsWith('.part') || (folder !== objects && isNewer(name)));
  for (const [folder, name] of leftovers) rmSync(join(folder, name), { recursive: true, force: true });
}

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);

/** @throws VaultChanged where the file is gone */
function statOf(path: string): Stats {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new VaultChanged();
  return stats;
}

function isGone(error: unknown, path: string): boolean {
  const { code, path: missing } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && missing === path;
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
