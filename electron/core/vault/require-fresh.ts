import type { AuditLog } from '../audit/audit-log.ts';
import { AppError } from '../errors.ts';
import type { AnchorVerdict, PlaceState } from './anchor/compare.ts';

/** What a person needs to decide: what was found, and how much is there of how much was there. */
export type FreshnessFigures = Readonly<Record<string, string | number | null>> & { readonly verdict: AnchorVerdict };

const found: Record<Exclude<AnchorVerdict, 'fresh'>, string> = {
  older: 'An earlier copy of this vault was put back',
  'lost-tail': 'What was written last to this vault is gone',
  forked: 'This vault holds other records than those that were there when it was last open here',
  'swapped-pages': 'Parts of this vault were exchanged while it was closed',
  missing: 'The file that says how new this vault must be is missing',
  damaged: 'The file that says how new this vault must be is damaged',
};

/** The figures of a comparison, for the error, the audit and the page. */
export function figuresOf({ verdict, place, mark }: PlaceState, audit: AuditLog, commits: number): FreshnessFigures {
  const figures = { verdict, place, records: audit.head().size, commits, newestRecordAt: audit.newestAt() };
  return mark ? { ...figures, recordsSeen: mark.size, commitsSeen: mark.commits, seenAt: mark.at } : figures;
}

/** @throws AppError `vault/older-than-anchor` with the figures */
export function requireFresh(figures: FreshnessFigures): void {
  if (figures.verdict === 'fresh') return;
  throw new AppError(
    'vault/older-than-anchor',
    `${found[figures.verdict]}.${held(figures)} It was not opened. Restore the newest copy, or open the vault as it is; that decision is recorded.`,
    figures,
  );
}

function held({ records, commits, recordsSeen, commitsSeen }: FreshnessFigures): string {
  if (recordsSeen === undefined) return '';
  return ` It holds ${records} audit records and ${commits} changes; there were ${recordsSeen} and ${commitsSeen}.`;
}
