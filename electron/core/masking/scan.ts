import type { Finding, FindingType } from './finding.ts';
import { recognisers } from './registry.ts';
import { sourceOf } from './source.ts';

export type ScanOptions = {
  /** Look for these only; all when absent. */
  readonly types?: readonly FindingType[] | undefined;
};

/**
 * Finds personal data in a text: in the order of the text, never overlapping. Where two recognisers claim the same
 * characters the surer wins, then the longer. Time is linear in the length of the text.
 */
export function scan(text: string, options: ScanOptions = {}): Finding[] {
  const source = sourceOf(text);
  const found: Finding[] = [];
  for (const recogniser of recognisers) {
    if (options.types && !options.types.includes(recogniser.type)) continue;
    for (const candidate of recogniser.find(source)) {
      const { start, end } = source.span(candidate.start, candidate.end);
      found.push({ type: recogniser.type, start, end, text: text.slice(start, end), score: candidate.score });
    }
  }
  return withoutOverlaps(found);
}

function withoutOverlaps(found: Finding[]): Finding[] {
  found.sort((a, b) => a.start - b.start || a.end - b.end);
  const kept: Finding[] = [];
  for (const finding of found) {
    const last = kept.at(-1);
    if (!last || finding.start >= last.end) kept.push(finding);
    else if (surer(finding, last)) kept[kept.length - 1] = finding;
  }
  return kept;
}

function surer(a: Finding, b: Finding): boolean {
  return a.score !== b.score ? a.score > b.score : a.end - a.start > b.end - b.start;
}
