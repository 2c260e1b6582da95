import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { AppError, isAbort } from '../../errors.ts';

/**
 * Makes sure that entries can be handed out into `folder`.
 * @throws AppError `audit/export-folder-missing`, `audit/export-inside-vault`, `audit/export-folder-read-only`
 */
export function checkExportFolder(folder: string, vaultFolder: string): void {
  if (!isAbsolute(folder) || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw missing();
  const inside = relative(realpathSync(vaultFolder), realpathSync(folder));
  if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside)))
    throw new AppError(
      'audit/export-inside-vault',
      'This folder is inside the vault, where a log collector has no business. Nothing was changed. Choose a folder outside it.',
    );
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw readOnly(error);
  }
}

/** What the system says about the folder, in words that help. */
export function explainExport(error: unknown): unknown {
  if (error instanceof AppError || isAbort(error)) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return readOnly(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return missing(error);
  if (!/^E[A-Z0-9]+$/.test(code)) return error;
  return new AppError(
    'audit/export-failed',
    'The audit log could not be written to the export folder. What was exported before is unharmed, and the next export goes on from there. Check the disk or share of the folder.',
    { reason: code },
    { cause: error },
  );
}

function missing(cause?: unknown): AppError {
  return new AppError(
    'audit/export-folder-missing',
    'The export folder is not there. Nothing was exported. Connect its disk or share, or choose another folder by its full path.',
    {},
    { cause },
  );
}

function readOnly(cause: unknown): AppError {
  return new AppError(
    'audit/export-folder-read-only',
    'The export folder cannot be written to. Nothing was exported. Allow writing there, or choose another folder.',
    {},
    { cause },
  );
}
