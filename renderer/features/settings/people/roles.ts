import type { PolicyState, Role } from '../../../../electron/core/contract/index.ts';

/** Roles for the work itself; everything else is given to an account that is there already. */
export const workingRoles = ['analyst', 'model-steward', 'viewer'] as const satisfies readonly Role[];
/** They exclude each other and see no content of cases. */
export const administrators = ['system-administrator', 'security-administrator', 'audit-administrator'] as const satisfies readonly Role[];

/** The roles that there are in a vault of this kind. */
export function rolesOf(mode: PolicyState['mode']): readonly Role[] {
  return mode === 'personal' ? ['owner', ...workingRoles] : [...workingRoles, ...administrators];
}
