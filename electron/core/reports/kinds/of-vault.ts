import type { LeafContent } from '../../audit/leaf.ts';
import type { Json } from '../../contract/base.ts';
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

/** Random ids. A digest is none: who has a document can tell by its digest that a case holds it. */
const technical = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/;

/**
 * May this leaf stand in a report that goes to people who see no content? One that tells of the vault may; of what was
 * done in a case only one without a word of its own: ids and figures. Otherwise its hash and proof stand there.
 */
export function isOfVault({ area, caseId, subject, details }: LeafContent): boolean {
  if (caseId === null && areas.has(area)) return mask.isClean([subject, details]);
  return technical.test(subject) && isWordless(details);
}

function isWordless(value: Json): boolean {
  if (typeof value === 'string') return technical.test(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isWordless);
}
