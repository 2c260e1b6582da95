import type { AuditEntry, Permission } from '../../../../electron/core/contract/index.ts';
import { formatHash } from '../../../lib/route.ts';
import { useSession } from '../../../lib/session.ts';

/** Views that show a thing by its id, by the area of the acts on it. */
const views: Readonly<Record<string, Permission>> = {
  documents: 'documents.read',
  flows: 'flows.read',
  runs: 'runs.read',
  cases: 'cases.use',
};
const oneId = /^[\da-f-]{36}$/;

/** Where the thing that an entry is about can be looked at; null where there is no such place, or not for this person. */
export function useSubjectAddress({ area, action, subject }: Pick<AuditEntry, 'area' | 'action' | 'subject'>): string | null {
  const { permissions } = useSession();
  const permission = views[area];
  if (permission === undefined || !permissions.includes(permission) || !oneId.test(subject)) return null;
  if (action === 'documents.remove' || action === 'cases.remove' || action === 'cases.read-classified') return null;
  return formatHash(area, [subject]);
}
