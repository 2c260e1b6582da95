import type { Handle, PKCS11, TokenInfo } from 'pkcs11js';
import { AppError } from '../../../errors.ts';
import { loadAddon, type Pkcs11Module } from './addon.ts';
import { isCode, pinRefused, tokenFailed, tokenMissing } from './token-errors.ts';

export type TokenDescription = { readonly serial: string; readonly label: string; readonly manufacturer: string };

/** A token with somebody logged in, for as long as `Tokens.use` runs. */
export type OpenToken = {
  readonly api: Pkcs11Module;
  readonly library: PKCS11;
  readonly session: Handle;
  readonly token: TokenDescription;
};

type Found = { library: PKCS11; slot: Handle; info: TokenInfo; token: TokenDescription };

/** A library may be initialised once in a process, so one use waits for the other. */
let turn: Promise<unknown> = Promise.resolve();

/** The PKCS#11 tokens that the libraries at `modules` show. Libraries are open only while they are used. */
export class Tokens {
  readonly #modules: readonly string[];

  constructor(modules: readonly string[]) {
    this.#modules = modules;
  }

  /** Tokens plugged in now, initialised ones only. @throws AppError `vault/tokens-unavailable` */
  list(): Promise<TokenDescription[]> {
    return this.#withTokens((_api, found) => Promise.resolve(found.map(({ token }) => token)));
  }

  /**
   * Logs in to the token of that serial number, runs `work`, and logs out.
   * @throws AppError `vault/tokens-unavailable`, `vault/token-missing`, `vault/wrong-pin` (details.triesLeft where
   * known), `vault/pin-locked`, `vault/token-failed`
   */
  use<T>(wanted: { serial: string; label: string }, pin: string, work: (token: OpenToken) => Promise<T>): Promise<T> {
    return this.#withTokens(async (api, found) => {
      const chosen = found.find(({ token }) => token.serial === wanted.serial);
      if (!chosen) throw tokenMissing(wanted.serial, wanted.label);
      const { library, slot, token } = chosen;
      try {
        const session = library.C_OpenSession(slot, api.CKF_SERIAL_SESSION | api.CKF_RW_SESSION);
        try {
          login(api, chosen, session, pin);
          return await work({ api, library, session, token });
        } finally {
          quietly(() => library.C_Logout(session));
          quietly(() => library.C_CloseSession(session));
        }
      } catch (error) {
        throw error instanceof AppError ? error : tokenFailed(token.label, error);
      }
    });
  }

  #withTokens<T>(work: (api: Pkcs11Module, found: Found[]) => Promise<T>): Promise<T> {
    const run = turn.then(async () => {
      const api = await loadAddon();
      const libraries: PKCS11[] = [];
      try {
        const found = this.#modules.flatMap((path) => {
          const library = open(api, path);
          if (library) libraries.push(library);
          return library ? tokensOf(api, library) : [];
        });
        return await work(api, found);
      } finally {
        for (const library of libraries) {
          quietly(() => library.C_Finalize());
          quietly(() => library.close());
        }
      }
    });
    turn = run.catch(() => undefined);
    return run;
  }
}

/** Null for a library that cannot be loaded: another one may still show the token. */
function open(api: Pkcs11Module, path: string): PKCS11 | null {
  const library = new api.PKCS11();
  try {
    library.load(path);
  } catch {
    return null;
  }
  try {
    library.C_Initialize();
    return library;
  } catch {
    quietly(() => library.close());
    return null;
  }
}

function tokensOf(api: Pkcs11Module, library: PKCS11): Found[] {
  const found: Found[] = [];
  let slots: Handle[] = [];
  quietly(() => (slots = library.C_GetSlotList(true)));
  for (const slot of slots)
    quietly(() => {
      const info = library.C_GetTokenInfo(slot);
      if ((info.flags & api.CKF_TOKEN_INITIALIZED) === 0) return;
      const token = { serial: info.serialNumber.trim(), label: info.label.trim(), manufacturer: info.manufacturerID.trim() };
      found.push({ library, slot, info, token });
    });
  return found;
}

function login(api: Pkcs11Module, { library, slot }: Found, session: Handle, pin: string): void {
  try {
    library.C_Login(session, api.CKU_USER, pin);
  } catch (error) {
    if (isCode(error, api.CKR_PIN_INCORRECT, api.CKR_PIN_LOCKED, api.CKR_PIN_LEN_RANGE, api.CKR_PIN_INVALID))
      throw pinRefused(api, library.C_GetTokenInfo(slot), error);
    throw error;
  }
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // What is being closed is gone already, or one of several tokens cannot be read.
  }
}
