import type { DocumentSummary } from '../../../electron/core/contract/index.ts';

type Start = { readonly at: number; readonly pages: number };

/** When this page first saw each document being read; forgotten when the reading ends. */
const starts = new Map<string, Start>();

/** Remembers where a reading stood, so that its rate can be told. */
export function noteProgress({ id, status, pagesRead }: DocumentSummary, now = Date.now()): void {
  if (status !== 'reading') starts.delete(id);
  else if (!starts.has(id)) starts.set(id, { at: now, pages: pagesRead });
}

/** Milliseconds until the document is read at the rate so far; null while that cannot be told. */
export function timeLeft({ id, pageCount, pagesRead }: DocumentSummary, now = Date.now()): number | null {
  const start = starts.get(id);
  if (!start || pageCount === null || pagesRead <= start.pages) return null;
  return ((now - start.at) / (pagesRead - start.pages)) * (pageCount - pagesRead);
}
