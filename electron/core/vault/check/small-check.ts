import { AppError } from '../../errors.ts';
import type { WritableDb } from '../database.ts';
import { fileBytes } from '../space/disk.ts';

/** Up to here the structure is checked while the vault opens (a fifth of a second), beyond only in the background. */
const smallBytes = 32 * 1024 * 1024;

/**
 * Checks a small database whole after an unclean stop; true where no further check is due.
 * @throws AppError `vault/damaged`
 */
export function checkSmall(db: WritableDb, file: string): boolean {
  if (fileBytes(file) + fileBytes(`${file}-wal`) > smallBytes) return false;
  if (db.pragma('quick_check', { simple: true }) !== 'ok')
    throw new AppError('vault/damaged', 'The vault database is damaged inside. Nothing was changed. Restore a backup.');
  return true;
}
