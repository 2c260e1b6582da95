import type { Page } from 'tesseract.js';
import type { Word } from '../../../core/contract/documents.ts';
import { isSpaceless, splitWords } from '../../../core/documents/scripts.ts';

/** Recognised text; boxes in pixels of the picture. Text and words agree as `DocumentPage` demands. */
export type OcrResult = { readonly text: string; readonly words: readonly Word[] };

type Line = NonNullable<Page['blocks']>[number]['paragraphs'][number]['lines'][number];
type OcrWord = Line['words'][number];

/**
 * Turns the engine's blocks into text and words: a line break per line, a blank line per paragraph, and no spaces
 * between characters of scripts that have none (the engine puts one around every Chinese word it guesses).
 */
export function layOut(blocks: Page['blocks']): OcrResult {
  const paragraphs: string[] = [];
  const words: Word[] = [];
  for (const block of blocks ?? []) {
    for (const paragraph of block.paragraphs) {
      const lines = paragraph.lines
        .filter((line) => !isNoise(line))
        .map((line) => layOutLine(line, words))
        .filter((line) => line !== '');
      if (lines.length > 0) paragraphs.push(lines.join('\n'));
    }
  }
  return { text: paragraphs.join('\n'), words };
}

/** Rules, stamps and table edges come out as lines of letters the engine itself does not believe in; numbers are always kept. */
function isNoise({ words }: Line): boolean {
  const confidence = words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
  return confidence < 30 && !/\d{3}/.test(words.map((word) => word.text).join(''));
}

function layOutLine(line: Line, words: Word[]): string {
  let text = '';
  let before: OcrWord | null = null;
  for (const found of line.words) {
    const content = punctuate(found.text.trim().toWellFormed(), text);
    if (content === '') continue;
    if (before !== null && isSpaceBetween(text, content, found.bbox.x0 - before.bbox.x1, line.bbox.y1 - line.bbox.y0)) text += ' ';
    text += content;
    words.push(...splitByScript(found, content));
    before = found;
  }
  return text;
}

/** Beside a character of a spaceless script only a gap as wide as a character is a space. */
function isSpaceBetween(text: string, next: string, gap: number, lineHeight: number): boolean {
  const left = Array.from(text).at(-1) ?? '';
  const right = Array.from(next)[0] ?? '';
  if (!isSpaceless(left) && !isSpaceless(right)) return true;
  return gap > lineHeight * (left === '：' ? 2.5 : 1.2);
}

/** After Chinese text the engine reads full-width punctuation as half-width. */
function punctuate(word: string, before: string): string {
  const full: Readonly<Record<string, string>> = { ':': '：', ',': '，', ';': '；' };
  const characters = Array.from(word);
  return characters
    .map((character, index) =>
      isSpaceless(characters[index - 1] ?? Array.from(before).at(-1) ?? '') && index === characters.length - 1
        ? (full[character] ?? character)
        : character,
    )
    .join('');
}

/** One word of the engine as words of one script each, boxed by their characters. */
function splitByScript(word: OcrWord, content: string): Word[] {
  const tokens = splitWords(content);
  const confidence = Math.max(0, Math.min(1, word.confidence / 100));
  const symbols = word.symbols.length === Array.from(content).length ? word.symbols : null;
  return tokens.map(({ text, start }) => {
    const first = Array.from(content.slice(0, start)).length;
    const last = first + Array.from(text).length - 1;
    const from = (tokens.length > 1 && symbols?.[first]?.bbox) || word.bbox;
    const to = (tokens.length > 1 && symbols?.[last]?.bbox) || word.bbox;
    return { text, confidence, box: [from.x0, Math.min(from.y0, to.y0), to.x1, Math.max(from.y1, to.y1)] };
  });
}
