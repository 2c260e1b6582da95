import type { Policies } from '../../contract/policies.ts';
import { AppError } from '../../errors.ts';
import { foldUserName } from '../../vault/key-slots.ts';
import { isCommonPassword } from './common-passwords.ts';

type Rules = Pick<Policies['password'], 'minimumLength' | 'minimumKinds'>;

const kinds = [/\p{Ll}|\p{Lo}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u];
/** A user name shorter than this is found in half of all words. */
const shortestName = 3;

/** @throws AppError `identity/password-too-short`, `identity/password-too-simple`, `identity/password-holds-name`, `identity/password-common` */
export function requireGoodPassword(password: string, userName: string, { minimumLength, minimumKinds }: Rules): void {
  const text = password.normalize('NFC');
  if ([...text].length < minimumLength)
    throw new AppError('identity/password-too-short', `The password needs at least ${minimumLength} characters. Nothing was changed.`, {
      minimumLength,
    });
  if (kinds.filter((kind) => kind.test(text)).length < minimumKinds)
    throw new AppError(
      'identity/password-too-simple',
      `The password needs at least ${minimumKinds} of these: small letters, capital letters, figures, other signs. Nothing was changed.`,
      { minimumKinds },
    );
  const name = foldUserName(userName);
  const folded = foldUserName(text);
  if (folded === name || (name.length >= shortestName && folded.includes(name)))
    throw new AppError('identity/password-holds-name', 'The password must not hold the user name. Nothing was changed.');
  if (isCommonPassword(text))
    throw new AppError(
      'identity/password-common',
      'This is one of the passwords that are tried first. Choose another one, for example a few words that have nothing to do with each other. Nothing was changed.',
    );
}
