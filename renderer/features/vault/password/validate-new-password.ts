import { i18n } from '../../../lib/i18n.ts';
import { type PasswordRules, firstRules, shortfallsOf } from './rules.ts';

/** Why a new password is not accepted, in the person's language; null where it is. */
export function newPasswordProblem(password: string, rules: PasswordRules = firstRules): string | null {
  const [missing] = shortfallsOf(password, rules);
  if (missing === 'length') return i18n.t('vault:create.passwordShort', { count: rules.minimumLength });
  if (missing === 'kinds') return i18n.t('vault:strength.kinds', { count: rules.minimumKinds });
  return null;
}

/** Whether the second field repeats the first. */
export function repeatProblem(repeated: string, password: string): string | null {
  return repeated === password ? null : i18n.t('vault:create.passwordsDiffer');
}
