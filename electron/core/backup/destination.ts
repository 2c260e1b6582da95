import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { AppError, isAbort } from '../errors.ts';
import { BackupSet, destinationMissing, findSets } from './backup-set.ts';

/**
 * Makes sure that backups can go to `folder`.
 * @throws AppError `backup/destination-missing`, `backup/inside-vault`, `backup/destination-read-only`
 */
export function checkDestination(folder: string, vaultFolder: string): void {
  if (!isAbsolute(folder) || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw destinationMissing();
  const inside = relative(realpathSync(vaultFolder), realpathSync(folder));
  if (inside === '' || (!inside.startsWith('..') && !isAbsolute(inside)))
    throw new AppError(
      'backup/inside-vault',
      'This folder is inside the vault: what destroys the vault would destroy its backups. Nothing was changed. Choose a folder on another disk.',
    );
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw readOnly(error);
  }
}

/** The set of this vault in `folder`, be it there or not. */
export function setIn(folder: string, vaultId: string): BackupSet {
  return findSets(folder).find((set) => set.vaultId === vaultId) ?? new BackupSet(folder, vaultId);
}

/** What the system says about the destination, in words that help. */
export function explainDestination(error: unknown, set: BackupSet): unknown {
  if (error instanceof AppError || isAbort(error)) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new AppError(
      'backup/destination-full',
      'The backup disk is full. What was copied is kept, and earlier backups are unharmed. Free some space or choose another disk; the next backup goes on from there.',
      {},
      { cause: error },
    );
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return readOnly(error);
  if (
    /^E[A-Z0-9]+$/.test(code) &&
    (!existsSync(set.folder) || ['EIO', 'ENODEV', 'ESTALE', 'ENOTCONN', 'ENXIO', 'EHOSTDOWN', 'ETIMEDOUT'].includes(code))
  )
    return new AppError(
      'backup/destination-lost',
      'The backup folder could not be reached any more. What was copied is kept, and earlier backups are unharmed. Connect the disk or share; the next backup goes on from there.',
      {},
      { cause: error },
    );
  return error;
}

function readOnly(cause: unknown): AppError {
  return new AppError(
    'backup/destination-read-only',
    'The backup folder cannot be written to. Nothing was stored. Allow writing there, or choose another folder.',
    {},
    { cause },
  );
}
