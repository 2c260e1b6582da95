/** Details that travel with an error: plain JSON, never secret. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** `area/reason`, for example `vault/wrong-password`. The page and scripts switch on it. */
export type ErrorCode = `${string}/${string}`;

/**
 * An error a person can act on. `message` says what happened, what was kept and what to do next;
 * it must hold nothing secret. Anything that is not an AppError is a bug and is shown generically.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.details = details;
  }
}

/** What crosses a process border in place of an Error. */
export type ErrorShape = { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };

/** What the system and SQLite say when there is no room left. */
const fullCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/** What SQLite says of a file that is not what it was. */
const damageCode = /^SQLITE_(CORRUPT|NOTADB)/;

/** An error that a person can do something about although no code of ours threw it, as an AppError; anything else as it is. */
export function explained(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && damageCode.test(code)) {
    const message = 'The vault database is damaged inside: a part of it cannot be read. Restore a backup.';
    return new AppError('vault/damaged', message, {}, { cause: error });
  }
  if (!fullCodes.has(code)) return error;
  const message = 'The disk is full, so this was not stored. What was stored before is safe. Free some space and try again.';
  return new AppError('vault/disk-full', message, {}, { cause: error });
}

/** Flattens any thrown value for transport; unknown errors become `internal/bug` with a generic message. */
export function toErrorShape(thrown: unknown): ErrorShape {
  const error = explained(thrown);
  if (error instanceof AppError) return { code: error.code, message: error.message, details: error.details };
  if (isAbort(error)) return { code: 'request/cancelled', message: 'The request was cancelled.', details: {} };
  return { code: 'internal/bug', message: 'Something went wrong inside Redoubt. The log holds the details.', details: {} };
}

export function fromErrorShape(shape: ErrorShape): AppError {
  return new AppError(shape.code, shape.message, shape.details);
}

/** True for an aborted `AbortSignal`'s reason and for our own cancellation code. */
export function isAbort(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'request/cancelled';
  return error instanceof Error && error.name === 'AbortError';
}

/** True for whatever a full disk makes SQLite or the file system throw. */
export function isDiskFull(error: unknown): boolean {
  const shown = explained(error);
  return shown instanceof AppError && shown.code === 'vault/disk-full';
}
