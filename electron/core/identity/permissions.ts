import { permissions, type Permission } from '../contract/base.ts';
import type { Role } from '../contract/identity.ts';

const reading: readonly Permission[] = ['documents.read', 'models.read', 'flows.read', 'runs.read', 'monitor.read', 'reports.read'];

/** What each role may do; everything not listed is denied. */
const grants: Record<Role, readonly Permission[]> = {
  administrator: permissions,
  analyst: [...reading, 'documents.write', 'flows.write', 'runs.start', 'chat.use', 'reports.create'],
  viewer: reading,
};

export function permissionsOf(role: Role): readonly Permission[] {
  return grants[role];
}
