import type { LeafContent } from '../leaf.ts';
import { valuesIn, wordsOf } from './words.ts';

/** To be raised whenever `indexed` or `wordsOf` gives something else for the same leaf. */
export const indexForm = 1;

/** What of a leaf can be asked for exactly. */
export type Facet = 'actor' | 'area' | 'action' | 'subject' | 'caseId' | 'outcome';
const marks: Record<Facet, string> = { actor: 'a', area: 'r', action: 'c', subject: 's', caseId: 'k', outcome: 'o' };

/** One word of the index for one value of a facet, so that filters are answered by the index alone. */
export function facetWord(facet: Facet, value: string): string {
  return `${marks[facet]}${Buffer.from(value).toString('hex')}`;
}

/** A leaf as it stands in the index: its words in order, and its facets. Text of different places never makes one phrase. */
export function indexed(leaf: LeafContent): { text: string; facets: string } {
  const { actor, action, subject, caseId, reason, details, area, outcome } = leaf;
  const places = [actor, action, subject, caseId ?? '', reason ?? '', leaf.session ?? '', ...valuesIn(details)];
  const facets: [Facet, string | null][] = [
    ['actor', actor],
    ['area', area],
    ['action', action],
    ['subject', subject],
    ['caseId', caseId],
    ['outcome', outcome],
  ];
  return {
    text: places
      .map((place) => wordsOf(place).join(' '))
      .filter((words) => words !== '')
      .join(` ${border} `),
    facets: facets
      .filter(([, value]) => value !== null)
      .map(([facet, value]) => facetWord(facet, value ?? ''))
      .join(' '),
  };
}

/** A word that no text has. */
const border = '\u{f8ff}';
