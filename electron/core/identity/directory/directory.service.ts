import type { Act } from '../../audit/act.ts';
import type { DirectorySettings } from '../../contract/identity.ts';
import { AppError } from '../../errors.ts';
import type { WritableDb } from '../../vault/database.ts';
import { addressOf, askDirectory, type DirectoryAnswer, type OpenConnection } from './ask-directory.ts';
import { directoryRefused } from './directory-errors.ts';
import { readDirectory, shownDirectory, writeDirectory } from './directory-settings.ts';

export type DirectoryInput = Omit<DirectorySettings, 'hasBindPassword'> & { bindPassword?: string | undefined };

/** The directory server that may be asked for people and their passwords. While it is switched off only a test asks it, which somebody starts. */
export class DirectoryService {
  readonly #db: WritableDb;
  readonly #open: OpenConnection | null;

  /** `open` null: this host gives no way to the network. */
  constructor(db: WritableDb, open: OpenConnection | null) {
    this.#db = db;
    this.#open = open;
  }

  get settings(): DirectorySettings {
    return shownDirectory(readDirectory(this.#db));
  }

  /** Without `bindPassword` the stored one stays, unless another account is named. @throws AppError `identity/directory-bad-settings` */
  set(act: Act, { bindPassword, ...wanted }: DirectoryInput): DirectorySettings {
    const now = readDirectory(this.#db);
    const kept = wanted.bindDn === now.bindDn && wanted.url === now.url ? now.bindPassword : '';
    const next = { ...wanted, bindPassword: wanted.bindDn === '' ? '' : (bindPassword ?? kept) };
    if (next.enabled) addressOf(next);
    const { caCertificate: _certificate, bindPassword: _password, ...details } = next;
    act.commit({ subject: '', details }, () => writeDirectory(this.#db, next));
    return shownDirectory(next);
  }

  /**
   * Looks a person up; with a password it signs in too, inside `counted`, for which one that is refused is a failed try.
   * @throws as `askDirectory` and `counted`
   */
  async test(
    act: Act,
    { userName, password }: { userName: string; password?: string | undefined },
    counted: (work: () => Promise<DirectoryAnswer>) => Promise<DirectoryAnswer>,
  ): Promise<{ found: boolean; dn: string | null; signedIn: boolean | null }> {
    const ask = () => askDirectory(readDirectory(this.#db), this.#connection(), userName, password ?? null);
    const { dn, signedIn } = password === undefined ? await ask() : await countedAnswer(ask, counted);
    const found = dn !== null;
    act.commit({ subject: dn ?? '', outcome: signedIn === false ? 'denied' : 'done', details: { found, signedIn } }, () => undefined);
    return { found, dn, signedIn };
  }

  /** @throws AppError `identity/directory-off`, `identity/directory-refused`, and as `askDirectory` */
  async requireSignIn(userName: string, password: string): Promise<void> {
    const settings = readDirectory(this.#db);
    if (!settings.enabled)
      throw new AppError(
        'identity/directory-off',
        'Sign-in through the directory is switched off in this vault. Ask whoever manages its policies.',
      );
    const { signedIn } = await askDirectory(settings, this.#connection(), userName, password);
    if (!signedIn) throw directoryRefused();
  }

  /**
   * Does the directory confirm this sign-in? A server that cannot be reached answers nothing; the password that was last
   * valid opens the vault then, which the audit log shows.
   * @throws as `requireSignIn`, but for a server that cannot be reached
   */
  async confirm(userName: string, password: string): Promise<'confirmed' | 'unreachable'> {
    try {
      await this.requireSignIn(userName, password);
      return 'confirmed';
    } catch (error) {
      if (error instanceof AppError && error.code === 'identity/directory-unreachable') return 'unreachable';
      throw error;
    }
  }

  #connection(): OpenConnection {
    if (!this.#open) throw new AppError('identity/directory-unreachable', 'This way of starting Redoubt has no network.');
    return this.#open;
  }
}

/** The answer also where it is a refusal, which fails inside `counted`. */
async function countedAnswer(
  ask: () => Promise<DirectoryAnswer>,
  counted: (work: () => Promise<DirectoryAnswer>) => Promise<DirectoryAnswer>,
): Promise<DirectoryAnswer> {
  const refused = directoryRefused();
  let answer: DirectoryAnswer | null = null;
  try {
    return await counted(async () => {
      answer = await ask();
      if (answer.signedIn === false) throw refused;
      return answer;
    });
  } catch (error) {
    if (error === refused && answer) return answer;
    throw error;
  }
}
