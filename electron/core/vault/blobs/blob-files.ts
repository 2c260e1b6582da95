import { existsSync, fsyncSync, mkdirSync, openSync, closeSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { renamePatiently, syncFolder } from '../atomic-file.ts';
import { headerBytes, wrappedKeyAt } from './blob-format.ts';
import { BlobUsage, type Usage } from './blob-usage.ts';

/** All folders that hold blobs: the first byte of the id, in hex. */
const folderNames = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));
const fileName = /^[0-9a-f]{62}$/;

/** The folder of the blobs: where each file lies, and how many bytes all of them take. Knows no key. */
export class BlobFiles {
  readonly usage = new BlobUsage();
  readonly #folder: string;
  readonly #incoming: string;
  #next = 0;

  /** Removes what was on its way in when the process ended: only one process has the vault open. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
    rmSync(this.#incoming, { recursive: true, force: true });
    mkdirSync(this.#incoming, { recursive: true, mode: 0o700 });
    if (folderNames.filter((name) => made(join(folder, name))).length > 0) syncFolder(folder);
  }

  /** @throws AppError `vault/bad-blob-id` */
  path(id: string): string {
    if (!/^[0-9a-f]{64}$/.test(id)) throw new AppError('vault/bad-blob-id', 'This is no name of a stored file.');
    return join(this.#folder, id.slice(0, 2), id.slice(2));
  }

  has(id: string): boolean {
    return existsSync(this.path(id));
  }

  /** Bytes on disk, or null where there is no such blob. */
  sizeOf(id: string): number | null {
    return statSync(this.path(id), { throwIfNoEntry: false })?.size ?? null;
  }

  /** A name for a file on its way in. */
  newIncoming(): string {
    this.#next += 1;
    return join(this.#incoming, String(this.#next));
  }

  /**
   * Gives a finished file its place, durably; one that lies there already is replaced. A file that replaces none may be
   * synced in its place: a crash leaves at most a broken blob that no row refers to, and one sync is saved.
   * @param sync syncs the file, wherever it lies then; null where that is done
   */
  publish(incoming: string, id: string, sync: ((path: string) => void) | null): void {
    const path = this.path(id);
    const name = id.slice(0, 2);
    const before = this.sizeOf(id);
    const { size } = statSync(incoming);
    if (before !== null) sync?.(incoming);
    renamePatiently(incoming, path);
    this.usage.change(name, size - (before ?? 0), before === null ? 1 : 0);
    if (before === null) this.#syncOrRemove(id, path, sync);
    syncFolder(join(this.#folder, name));
  }

  #syncOrRemove(id: string, path: string, sync: ((path: string) => void) | null): void {
    try {
      sync?.(path);
    } catch (error) {
      this.erase(id);
      throw error;
    }
  }

  /**
   * Overwrites the wrapped key on disk, so that nothing is left to decrypt the content with, then removes the file.
   * False where the key could not be overwritten (the file is gone all the same) or where there is no such blob.
   */
  erase(id: string): boolean {
    const path = this.path(id);
    const size = this.sizeOf(id);
    if (size === null) return false;
    const erased = size >= headerBytes && overwriteKey(path);
    rmSync(path, { force: true });
    this.usage.change(id.slice(0, 2), -size, -1);
    return erased;
  }

  /** Every blob there is, in the order of ids; blobs may come and go meanwhile. */
  *ids(): Generator<string> {
    for (const name of folderNames) for (const file of this.#list(name)) yield name + file;
  }

  recount(signal?: AbortSignal): Promise<void> {
    return this.usage.recount(folderNames, (name) => this.#count(name), signal);
  }

  #count(name: string): Usage {
    let bytes = 0;
    const files = this.#list(name);
    for (const file of files) bytes += statSync(join(this.#folder, name, file), { throwIfNoEntry: false })?.size ?? 0;
    return { bytes, count: files.length };
  }

  /** A file manager may have left files of its own here; they are not ours. */
  #list(name: string): string[] {
    try {
      return readdirSync(join(this.#folder, name)).filter((file) => fileName.test(file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}

/** Makes a folder; false where it was there. */
function made(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function overwriteKey(path: string): boolean {
  try {
    const handle = openSync(path, 'r+');
    try {
      writeSync(handle, randomBytes(headerBytes - wrappedKeyAt), 0, headerBytes - wrappedKeyAt, wrappedKeyAt);
      fsyncSync(handle);
      return true;
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
}
