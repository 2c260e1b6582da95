import { readdirSync, statSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of the file system that `folder` is on: free for us, and altogether. */
export function diskOf(folder: string): { freeBytes: number; totalBytes: number } {
  const { bavail, blocks, bsize } = statfsSync(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Bytes of a file; 0 where there is none. */
export function fileBytes(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Bytes of all files under a folder; 0 where there is none. */
export function folderBytes(folder: string): number {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + fileBytes(join(entry.parentPath, entry.name)), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
