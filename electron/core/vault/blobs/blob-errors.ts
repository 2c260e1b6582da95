import { AppError } from '../../errors.ts';

export function throwMissing(): never {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
}

export function isMissing(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ENOENT';
}

const hindrances: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EBUSY', 'EMFILE', 'ENFILE', 'EROFS']);
/** A full disk, a file that is held by somebody: what hinders now and may be over later. It says nothing of the blob. */
export function isHindrance(error: unknown): boolean {
  return hindrances.has((error as { code?: unknown }).code);
}

/** What a person is told of a blob that cannot be read. */
export function blobError(id: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isMissing(error))
    return new AppError(
      'vault/blob-missing',
      'A file of the vault is missing on disk. Restore it from a backup.',
      { blob: id },
      { cause: error },
    );
  return new AppError(
    'vault/blob-damaged',
    'A file of the vault was damaged or changed on disk. Restore it from a backup.',
    { blob: id },
    { cause: error },
  );
}

/** False where `work` throws, whatever that is. */
export function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
