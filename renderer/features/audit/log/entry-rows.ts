import type { AuditEntry } from '../../../../electron/core/contract/index.ts';

export type EntryRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'entry'; readonly key: string; readonly entry: AuditEntry };

/** Entries in their order, with a row for the day before each that begins one (by the local time). */
export function rowsOf(entries: readonly AuditEntry[]): readonly EntryRow[] {
  const rows: EntryRow[] = [];
  let day = '';
  for (const entry of entries) {
    const { sequence, at } = entry;
    const own = new Date(at).toDateString();
    if (own !== day) rows.push({ kind: 'day', key: `day ${sequence}`, at });
    day = own;
    rows.push({ kind: 'entry', key: String(sequence), entry });
  }
  return rows;
}

/** Which rows a window shows that stands `top` px down, a few more on both sides; `end` is not among them. */
export function shownRange(count: number, rowHeight: number, top: number, height: number): { start: number; end: number } {
  const further = 10;
  const start = Math.max(0, Math.min(count - 1, Math.floor(top / rowHeight)) - further);
  return { start, end: Math.min(count, Math.ceil((top + height) / rowHeight) + further) };
}

/** The nearest entry from row `index` on in the direction of `step`, else in the other one. */
export function nextEntry(rows: readonly EntryRow[], index: number, step: 1 | -1): number {
  const from = Math.max(0, Math.min(rows.length - 1, index));
  for (const direction of [step, -step]) {
    for (let at = from; at >= 0 && at < rows.length; at += direction) if (rows[at]?.kind === 'entry') return at;
  }
  return 0;
}
