import { lstat, readFile } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { readReportFolder } from './read-report-folder.ts';
import type { ReportFiles } from './report-files.ts';
import { own } from './verify/bytes.ts';
import { ZipError, readZip, type ZipProblem } from './verify/zip/read-zip.ts';

/** Far above any report; a larger archive is not read into memory. */
const largestZip = 512 * 1024 * 1024;

/**
 * The files of a report in a folder or a ZIP archive, for `verifyReport`.
 * @throws AppError `reports/no-folder`, `reports/bad-zip`, `reports/too-large`
 */
export async function readReport(path: string): Promise<ReportFiles> {
  const entry = await lstat(path).catch(() => null);
  if (!entry?.isFile()) return readReportFolder(path);
  if (entry.size > largestZip)
    throw new AppError('reports/too-large', `${path} is larger than any report. It was not read.`, { path, bytes: entry.size });
  try {
    return await readZip(own(await readFile(path)));
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    const { problem, entry: name } = error;
    const about = name === '' ? '' : ` (${name})`;
    throw new AppError('reports/bad-zip', `${path} cannot be checked: ${reasons[problem]}${about}. Nothing was changed.`, {
      path,
      problem,
      entry: name,
    });
  }
}

const reasons: Readonly<Record<ZipProblem, string>> = {
  'no-zip': 'it is neither a folder nor a ZIP archive',
  unsupported: 'it is encrypted or packed in a way that reports are not',
  'bad-name': 'a name in it leads elsewhere, stands twice or lies too deep',
  'too-much': 'it unpacks to more than any report',
  damaged: 'the archive is damaged',
};
