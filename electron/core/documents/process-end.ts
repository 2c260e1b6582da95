import { AppError } from '../errors.ts';

/** What a file gets that brought the reading process down twice. */
export function endedReader(): AppError {
  return new AppError(
    'documents/ended-reader',
    'Reading this file ended the reading process twice, so it was given up; the others were read. It may be damaged or malicious; open it only where you trust it.',
  );
}

/** True when the documents process ended while it read. */
export function isProcessEnd(error: unknown): boolean {
  return error instanceof AppError && error.code === 'process/unavailable';
}
