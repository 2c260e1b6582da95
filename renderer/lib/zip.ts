import { writeZip, type ZipEntry } from '../../electron/core/reports/verify/zip/write-zip.ts';

/** A ZIP archive, so that a report is one download. */
export function zip(entries: readonly ZipEntry[]): Blob {
  return new Blob([writeZip(entries)], { type: 'application/zip' });
}
