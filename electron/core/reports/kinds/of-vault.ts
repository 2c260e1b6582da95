import type { LeafContent } from '../../audit/leaf.ts';
import { ReportMask } from '../report-mask.ts';

/** Areas whose leaves tell of the vault and its people, not of what cases hold. */
const areas: ReadonlySet<string> = new Set([
  'alerts',
  'approvals',
  'attestations',
  'audit',
  'backup',
  'identity',
  'keys',
  'models',
  'policies',
  'signing',
  'system',
  'templates',
  'vault',
  'witness',
]);
const mask = new ReportMask();

/** May this leaf stand in a report that goes to people who see no content? Otherwise its hash and proof do. */
export function isOfVault({ area, caseId, subject, details }: LeafContent): boolean {
  return caseId === null && areas.has(area) && mask.isClean([subject, details]);
}
