import type { LeafContent } from '../leaf.ts';
import { facetWord, indexed, type Facet } from './leaf-index.ts';
import { wordsOf } from './words.ts';

/** What is looked for; everything that is given must hold. */
export type LeafFilter = {
  readonly search?: string | undefined;
  /** Any of them; none or empty: all. */
  readonly areas?: readonly string[] | undefined;
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly caseId?: string | undefined;
  readonly outcome?: string | undefined;
  /** Milliseconds since the epoch, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** Words in a row; the last may be the beginning of one. */
type Phrase = { readonly words: readonly string[]; readonly open: boolean };
/** Of each group one word must be there. */
type FacetGroups = readonly (readonly string[])[];

/** A shorter beginning fits too many words to be of use, and to be found quickly. */
const shortestBeginning = 3;

/** A filter as the index answers it. */
export class Wanted {
  readonly #phrases: readonly Phrase[];
  readonly #facets: FacetGroups;
  readonly #from: number;
  readonly #to: number;
  /** Something was typed in which there is no word at all. */
  readonly nothing: boolean;

  constructor(filter: LeafFilter, whole = false) {
    const { search = '', areas = [], from, to } = filter;
    this.#phrases = (whole ? [search] : search.split(/\s+/)).map((piece) => phraseOf(piece, whole)).filter(({ words }) => words.length > 0);
    this.nothing = search.trim() !== '' && this.#phrases.length === 0;
    const exact = (['action', 'actor', 'subject', 'caseId', 'outcome'] as const).flatMap((facet: Facet & keyof LeafFilter) => {
      const value = filter[facet];
      return value === undefined ? [] : [[facetWord(facet, value)]];
    });
    this.#facets = areas.length > 0 ? [...exact, areas.map((area) => facetWord('area', area))] : exact;
    this.#from = from ?? Number.NEGATIVE_INFINITY;
    this.#to = to ?? Number.POSITIVE_INFINITY;
  }

  /** The question to the full-text index, or null where it asks for no word. */
  get match(): string | null {
    const facets = this.#facets.map((group) => `facets : (${group.map((word) => `"${word}"`).join(' OR ')})`);
    const phrases = this.#phrases.map(({ words, open }) => `text : "${words.join(' ')}"${open ? ' *' : ''}`);
    const all = [...facets, ...phrases];
    return all.length === 0 ? null : all.join(' AND ');
  }

  /** The times asked for, or null for all. */
  get times(): { from: number; to: number } | null {
    const all = this.#from === Number.NEGATIVE_INFINITY && this.#to === Number.POSITIVE_INFINITY;
    return all ? null : { from: Math.max(this.#from, Number.MIN_SAFE_INTEGER), to: Math.min(this.#to, Number.MAX_SAFE_INTEGER) };
  }

  /** What a question binds: the words and the times that there are. */
  get values(): Record<string, string | number> {
    const { match, times } = this;
    return { ...(match === null ? {} : { match }), ...times };
  }

  /** There is no condition at all. */
  get everything(): boolean {
    return this.match === null && this.times === null;
  }

  /** The same answer for a leaf that is not in the index yet. */
  fits(leaf: LeafContent): boolean {
    if (leaf.at < this.#from || leaf.at > this.#to) return false;
    const { text, facets } = indexed(leaf);
    const has = new Set(facets.split(' '));
    if (!this.#facets.every((group) => group.some((word) => has.has(word)))) return false;
    return this.#phrases.every(({ words, open }) => ` ${text}${open ? '' : ' '}`.includes(` ${words.join(' ')}${open ? '' : ' '}`));
  }
}

/** `whole`: an id, which is no beginning of another one. */
function phraseOf(piece: string, whole: boolean): Phrase {
  const words = wordsOf(piece);
  return { words, open: !whole && (words.at(-1)?.length ?? 0) >= shortestBeginning };
}
