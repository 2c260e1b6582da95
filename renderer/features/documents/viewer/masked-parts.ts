import type { DocumentFinding } from '../../../../electron/core/contract/index.ts';

/** A stretch of a page's text; `masked` where it is personal data. */
export type TextPart = { readonly text: string; readonly masked?: string };

/** Cuts a page's text at its findings; where findings overlap, the first one wins. */
export function maskedParts(text: string, findings: readonly Pick<DocumentFinding, 'start' | 'end' | 'masked'>[]): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const { start, end, masked } of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at || end <= start || end > text.length) continue;
    if (start > at) parts.push({ text: text.slice(at, start) });
    parts.push({ text: text.slice(start, end), masked });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}
