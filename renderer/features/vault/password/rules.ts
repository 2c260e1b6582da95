import type { Policies } from '../../../../electron/core/contract/index.ts';
import { minimumLength } from './strength.ts';

/** What the policy of a vault asks of a password. */
export type PasswordRules = Pick<Policies['password'], 'minimumLength' | 'minimumKinds' | 'history'>;

/** What holds before a vault has a policy of its own. */
export const firstRules: PasswordRules = { minimumLength, minimumKinds: 1, history: 0 };

/** Of lower case, upper case, digits and others (letters without case among them): how many kinds a password uses. */
export function kindsOf(password: string): number {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
  return kinds.filter((kind) => kind.test(password)).length;
}

export type Shortfall = 'length' | 'kinds';

/** Which rules a password does not meet yet. Whether it was used before only core knows. */
export function shortfallsOf(password: string, rules: PasswordRules): Shortfall[] {
  const shortfalls: Shortfall[] = [];
  if ([...password].length < rules.minimumLength) shortfalls.push('length');
  if (kindsOf(password) < rules.minimumKinds) shortfalls.push('kinds');
  return shortfalls;
}
