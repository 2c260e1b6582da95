import type { DocumentPage, Word } from '../contract/documents.ts';

/** Characters `start` to `end` (exclusive) of a page's text that a word covers. */
export type WordSpan = { readonly start: number; readonly end: number; readonly word: Word };

type TextAndWords = Pick<DocumentPage, 'text' | 'words'>;

/**
 * Where each word lies in the page's text. A page's text and words always agree: taking white space away from the
 * text leaves the words' texts, one after the other. So no offsets are stored, and none can go stale.
 */
export function wordSpans(page: TextAndWords): WordSpan[] {
  const spans: WordSpan[] = [];
  let position = 0;
  for (const word of page.words) {
    const start = page.text.indexOf(word.text, position);
    if (start < 0) continue;
    position = start + word.text.length;
    spans.push({ start, end: position, word });
  }
  return spans;
}

/** The words that characters `start` to `end` (exclusive) of the page's text touch, in reading order. */
export function wordsInRange(page: TextAndWords, start: number, end: number): Word[] {
  return wordSpans(page)
    .filter((span) => span.start < end && span.end > start)
    .map((span) => span.word);
}
