import type { Person, Policies } from '../../../../electron/core/contract/index.ts';

/** True where the policy asks this person for a second factor that their key does not have. */
export function lacksFactor({ role, secondFactor }: Person, policy: Policies['secondFactor']): boolean {
  if (secondFactor !== null || policy === 'optional') return false;
  return policy === 'everybody' || role === 'owner' || role.endsWith('-administrator');
}
