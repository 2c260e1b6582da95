import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../core/errors.ts';
import { readVerifier, verifierName } from '../core/reports/verifier-page.ts';
import { own } from '../core/reports/verify/bytes.ts';
import { isKnown, sumsFile, sumsSignatureFile } from '../core/reports/verify/file-names.ts';
import { writeZip } from '../core/reports/verify/zip/write-zip.ts';
import { applicationFolder } from '../local/places.ts';

type ExportedFiles = readonly { readonly name: string; readonly base64: string }[];

export function isZip(out: string): boolean {
  return out.toLowerCase().endsWith('.zip');
}

/** @throws AppError `cli/not-empty` for a folder that holds anything but a report, or a file that is there, before anything is done */
export function refuseForeign(out: string): void {
  const foreign = isZip(out) ? existsSync(out) : holdsForeign(out);
  if (foreign)
    throw new AppError(
      'cli/not-empty',
      `${out} holds files that are no report, and it would be replaced. Nothing was changed; name another with --out.`,
    );
}

/** Lays a report down as a folder, or as one archive where the name ends with `.zip`. */
export function writeReport(out: string, files: ExportedFiles): string {
  const contents = files.map(({ name, base64 }) => ({ name, bytes: own(Buffer.from(base64, 'base64')) }));
  if (isZip(out)) {
    mkdirSync(dirname(resolve(out)), { recursive: true });
    writeFileSync(out, writeZip(contents));
    return out;
  }
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const { name, bytes } of contents) writeFileSync(join(out, name), bytes);
  return out;
}

/**
 * Lays the page that checks reports beside one. It is no part of the report: a forger would bring a page of his own, so an
 * auditor takes it from where he trusts it. Null where another file has its name, or it was not built.
 */
export function writeVerifierBeside(out: string): string | null {
  const path = join(dirname(resolve(out)), verifierName);
  try {
    const page = readVerifier(join(applicationFolder(), 'resources'));
    if (existsSync(path)) return readFileSync(path).equals(page) ? path : null;
    writeFileSync(path, page);
    return path;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function holdsForeign(folder: string): boolean {
  if (!existsSync(folder)) return false;
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.some((entry) => !entry.isFile() || !ofReports(entry.name));
}

/** All of these are written anew; anything else would be lost. */
function ofReports(name: string): boolean {
  return isKnown(name) || name === sumsFile || name === sumsSignatureFile;
}
