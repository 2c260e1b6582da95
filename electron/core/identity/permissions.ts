import { permissions, type Permission } from '../contract/base.ts';
import type { Role } from '../contract/identity.ts';

const reading: readonly Permission[] = [
  'documents.read',
  'models.read',
  'flows.read',
  'runs.read',
  'reports.read',
  'cases.use',
  'monitor.read',
];

/**
 * What each role may do; everything not listed is denied. The three administrators (三员分立) share nothing that changes
 * something by itself, and none of them sees the content of a case.
 */
const grants: Record<Role, readonly Permission[]> = {
  owner: permissions,
  analyst: [
    ...reading,
    'documents.write',
    'flows.write',
    'runs.start',
    'chat.use',
    'reports.create',
    'cases.create',
    // Within their cases.
    'audit.read-texts',
  ],
  'model-steward': ['models.read', 'models.manage', 'monitor.read'],
  viewer: reading,
  'system-administrator': [
    'people.read',
    'people.manage',
    'backup.read',
    'backup.manage',
    'monitor.read',
    'policies.read',
    'keys.read',
    // So that what the only security administrator asks for can be decided by somebody else.
    'approvals.decide',
  ],
  'security-administrator': [
    'people.read',
    'people.assign-roles',
    'sessions.manage',
    'policies.read',
    'policies.manage',
    'keys.read',
    'keys.manage',
    'cases.administer',
    'approvals.decide',
    'design.manage',
  ],
  'audit-administrator': ['audit.read', 'audit.manage', 'attestations.make', 'people.read', 'policies.read', 'keys.read', 'backup.read'],
};

export function permissionsOf(role: Role): readonly Permission[] {
  return grants[role];
}

/** Roles whose work is in cases; the others are never members of one. */
export function worksInCases(role: Role): boolean {
  return grants[role].includes('cases.use');
}
