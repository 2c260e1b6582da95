import type { AnchorMark } from './mark.ts';

/**
 * `lost-tail`: what was written last is gone (the write-ahead log was removed, cut or damaged). `older`: an earlier copy
 * was put back. `forked`: other records than those that were there. `swapped-pages`: parts of the file were exchanged
 * while it was closed. `missing`, `damaged`: there is nothing to compare with.
 */
export type AnchorVerdict = 'fresh' | 'older' | 'lost-tail' | 'forked' | 'swapped-pages' | 'missing' | 'damaged';
export type AnchorPlace = 'vault' | 'outside';

/** What the database says of itself. */
export type DatabaseState = {
  readonly commits: number;
  /** Records of the audit log. */
  readonly size: number;
  /** The root hash (hex) the log had at a size; null where its parts are not all there, although every page is genuine. */
  rootAt(size: number): string | null;
  /** When it was opened last, if it was not closed in order since. */
  readonly openSince: number | null;
  /** `pagesDigest` of the file before it was opened; null where it was not taken. */
  readonly pages: string | null;
};

/** Compares a genuine mark with the database. In honest operation the database is never behind a mark. */
export function compare(mark: AnchorMark, now: DatabaseState): AnchorVerdict {
  if (mark.size <= now.size) {
    const root = now.rootAt(mark.size);
    if (root === null) return 'swapped-pages';
    if (root !== mark.rootHash) return 'forked';
  }
  if (mark.commits > now.commits || mark.size > now.size)
    return mark.openSince !== null && mark.openSince === now.openSince ? 'lost-tail' : 'older';
  // A mark is taken back to "open" before the database is, so a closed mark belongs to an untouched file.
  const untouched = mark.openSince === null && mark.commits === now.commits;
  if (untouched && now.openSince !== null) return 'swapped-pages';
  if (untouched && mark.pages !== null && now.pages !== null && mark.pages !== now.pages) return 'swapped-pages';
  return 'fresh';
}

export type PlaceState = { readonly place: AnchorPlace; readonly verdict: AnchorVerdict; readonly mark: AnchorMark | null };

/** Worst first: what is certain before what is only likely. */
const order: readonly AnchorVerdict[] = ['forked', 'older', 'lost-tail', 'swapped-pages', 'fresh', 'damaged', 'missing'];

/**
 * The place that decides: the worst of those that hold a genuine mark. A place without one decides only where no
 * other place has one: nothing proves then that the vault is fresh. The mark beside the vault is what everybody who can
 * change the vault can remove, so its loss is never taken for granted, while a machine that sees the vault for the
 * first time has nothing outside.
 */
export function decide(places: readonly PlaceState[]): PlaceState {
  const known = places.filter(({ mark }) => mark !== null);
  const [worst] = (known.length > 0 ? known : places.filter(({ place }) => place === 'vault')).toSorted(
    (left, right) => order.indexOf(left.verdict) - order.indexOf(right.verdict),
  );
  if (!worst) throw new Error('an anchor without a place');
  return worst;
}
