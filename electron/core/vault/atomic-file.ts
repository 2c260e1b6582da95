import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a whole file so that after a crash there is the old content or the new, never a mixture. Where it fails (a full
 * disk), the half-written file is removed: it would take the room that is missing.
 */
export function writeFileAtomic(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.new`;
  try {
    writeDurably(temporary, typeof content === 'string' ? Buffer.from(content) : content);
    renamePatiently(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** What Windows answers while something else, a virus scanner for one, has the file open. */
const held: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** Waits between tries, ms: about a second altogether. */
const waits = [5, 10, 20, 40, 80, 160, 320, 400];

/** Renames over `to`. On Windows, where a file that somebody has open is not replaced, it tries again for a moment. @throws as `renameSync` */
export function renamePatiently(from: string, to: string, rename = renameSync, platform = process.platform): void {
  for (const ms of platform === 'win32' ? waits : []) {
    try {
      return rename(from, to);
    } catch (error) {
      if (!held.has((error as NodeJS.ErrnoException).code)) throw error;
    }
    // Synchronous: it may stand inside a transaction.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  }
  rename(from, to);
}

function writeDurably(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a rename or a new entry in `folder` durable; Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
