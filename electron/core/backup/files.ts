import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

const readBytes = 1024 * 1024;

/** Folders whose new entries are not durable yet. */
export class DirtyFolders {
  readonly #folders = new Set<string>();

  /** Makes the folder of a file that will be put in it, never those above: on a disk that was unmounted they are gone. */
  make(file: string): void {
    const folder = dirname(file);
    if (this.#folders.has(folder)) return;
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    this.#folders.add(folder);
    this.#folders.add(dirname(folder));
  }

  async sync(): Promise<void> {
    await eachOf(this.#folders, 4, syncFolder);
    this.#folders.clear();
  }
}

export type CopyOptions = {
  readonly signal: AbortSignal;
  /** False: the caller syncs the file later (`syncFiles`), which costs less for many. */
  readonly sync?: boolean;
  /** Told of each piece, bytes. */
  onBytes?(bytes: number): void;
};

/** SHA-256 and length of a file, read to its end without holding up the process. */
export async function hashFile(file: string, options: CopyOptions): Promise<{ sha256: string; bytes: number }> {
  return reading(file, options, () => Promise.resolve());
}

/**
 * Copies a file durably: under a name of its own first, synced, then renamed to what `place` says to its hash, or dropped
 * where that is null. A crash leaves the whole file or a `.part`.
 */
export async function copyFile(
  from: string,
  beside: string,
  place: (copied: { sha256: string; bytes: number }) => string | null,
  options: CopyOptions,
): Promise<{ sha256: string; bytes: number }> {
  const part = `${beside}.${randomBytes(6).toString('hex')}.part`;
  let target: string | null = null;
  const to = await open(part, 'wx', 0o600);
  try {
    try {
      const copied = await reading(from, options, (piece) => writeAll(to, piece));
      target = place(copied);
      if (target && options.sync !== false) await to.sync();
      return copied;
    } finally {
      await to.close();
    }
  } finally {
    if (target) await rename(part, target);
    else await rm(part, { force: true });
  }
}

/** Makes files durable that were copied without. */
export async function syncFiles(files: readonly string[], signal: AbortSignal): Promise<void> {
  await eachOf(files, 8, async (file) => {
    signal.throwIfAborted();
    const handle = await open(file, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Writes a text durably; the entry in its folder is the caller's to sync. */
export async function writeDurably(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flush: true });
}

/** Writes a whole text file durably: after a crash it is there or not. */
export async function publishFile(file: string, text: string): Promise<void> {
  await writeDurably(`${file}.new`, text);
  await rename(`${file}.new`, file);
  await syncFolder(dirname(file));
}

/** File systems that cannot sync a folder (shares, sticks) say one of these; they need not, or nobody can. */
const noFolderSync: ReadonlySet<unknown> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EBADF']);

/** Like the vault's, but without holding up everything else while a slow disk takes its time. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync().catch((error: NodeJS.ErrnoException) => {
      if (!noFolderSync.has(error.code)) throw error;
    });
  } finally {
    await handle.close();
  }
}

export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

/** Reads the whole of `buffer`, or as much as there is. Returns the number of bytes. */
export async function readFully(handle: FileHandle, buffer: Uint8Array, position: number): Promise<number> {
  let at = 0;
  while (at < buffer.length) {
    const { bytesRead } = await handle.read(buffer, at, buffer.length - at, position + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at;
}

/** Runs `work` over the items, a few at a time; the first failure ends it, after those under way. */
export async function eachOf<T>(items: Iterable<T>, atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const worker = async () => {
    for (let next = queue.next(); !next.done && failures.length === 0; next = queue.next())
      await work(next.value).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw failures[0];
}

async function reading(
  file: string,
  { signal, onBytes }: CopyOptions,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<{ sha256: string; bytes: number }> {
  const from = await open(file, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(readBytes);
    for (let at = 0; ;) {
      signal.throwIfAborted();
      const { bytesRead } = await from.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes: at };
      const piece = buffer.subarray(0, bytesRead);
      hash.update(piece);
      await take(piece);
      at += bytesRead;
      onBytes?.(bytesRead);
    }
  } finally {
    await from.close();
  }
}
