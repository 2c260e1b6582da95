import { AppError } from '../../errors.ts';

/** What the network says when nobody is there. Everything else is no reason to do without the directory. */
const unreachableCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
]);

export function directoryRefused(): AppError {
  return new AppError(
    'identity/directory-refused',
    'The directory does not accept this user name and password. If the password was changed in the directory, somebody else has to open the vault first; then sign in with the new one. Nothing was changed.',
  );
}

/** What went wrong on the way to the directory, as a person can act on it. */
export function directoryError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const codes = codesOf(cause);
  const reason = cause instanceof Error ? cause.message.slice(0, 200) : '';
  if (codes.some((code) => unreachableCodes.has(code)))
    return new AppError(
      'identity/directory-unreachable',
      'The directory server cannot be reached. Check the network and the address.',
      {},
      { cause },
    );
  if (codes.some((code) => /CERT|SIGNATURE|ALTNAME|ISSUER|CRL/.test(code)))
    return new AppError(
      'identity/directory-untrusted',
      'The certificate of the directory server cannot be trusted: it is of another authority, for another name, or out of date. Nothing was sent.',
      { reason: codes[0] ?? '' },
      { cause },
    );
  return new AppError(
    'identity/directory-failed',
    'The directory server did not answer as expected. Check the settings of the directory.',
    { reason },
    { cause },
  );
}

function codesOf(cause: unknown): string[] {
  const inner = cause instanceof AggregateError ? cause.errors : [];
  return [cause, ...(inner as unknown[])].flatMap((error) => {
    const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
    return typeof code === 'string' ? [code] : [];
  });
}
