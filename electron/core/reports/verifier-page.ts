import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

export const verifierName = 'verifier.html';

/**
 * The page that checks a report in any browser; it is built with the application and lies in its folder `resources`.
 * @throws AppError `reports/no-verifier`
 */
export function readVerifier(resources: string): Buffer {
  try {
    return readFileSync(join(resources, verifierName));
  } catch (cause) {
    throw new AppError(
      'reports/no-verifier',
      'The page that checks reports was not built here. Everything else works. It comes with every packaged Redoubt, and from `npm run build`.',
      {},
      { cause },
    );
  }
}
