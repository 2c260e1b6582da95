import { lstat, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { ReportFiles } from './report-files.ts';

/** Far above any report; a larger file is not read into memory. */
const largestFile = 256 * 1024 * 1024;

/**
 * Reads a report's folder for `verifyReport`. What is no plain file (a folder, a link) stands there as an empty file, so
 * that it is named as one too many.
 * @throws AppError `reports/no-folder`
 */
export async function readReportFolder(folder: string): Promise<ReportFiles> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw new AppError(
      'reports/no-folder',
      `There is no folder ${folder} to check. Name the folder of a report.`,
      { folder },
      { cause: error },
    );
  }
  const files = new Map<string, Uint8Array>();
  for (const name of names.sort()) {
    const path = join(folder, name);
    const entry = await lstat(path);
    files.set(name, entry.isFile() && entry.size <= largestFile ? await readFile(path) : new Uint8Array());
  }
  return files;
}
