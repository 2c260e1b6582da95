import type * as Pkcs11 from 'pkcs11js';
import { AppError } from '../../../errors.ts';

export type Pkcs11Module = typeof Pkcs11;

/** Loads the compiled addon when a token is asked for the first time. @throws AppError `vault/tokens-unavailable` */
export async function loadAddon(): Promise<Pkcs11Module> {
  try {
    const loaded = (await import('pkcs11js')) as Pkcs11Module & { default: Pkcs11Module };
    return loaded.default;
  } catch (cause) {
    throw new AppError(
      'vault/tokens-unavailable',
      'Security tokens cannot be used here: the addon that speaks to them was not built. The set-up builds it where there is a C++ compiler. Everything else works.',
      {},
      { cause },
    );
  }
}
