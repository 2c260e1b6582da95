/** Han, kana, bopomofo and the punctuation set with them: scripts written without spaces between words. */
const spaceless = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}々〇`;
const punctuation = String.raw`　-〟！-～￥`;
const tokens = new RegExp(`[${spaceless}]+|[　-〟！-／：-＠［-｀｛-～￥]|[^\\s${spaceless}　-〟！-／：-＠［-｀｛-～￥]+`, 'gu');
const edge = new RegExp(`^[${spaceless}${punctuation}]$`, 'u');

/** A stretch of text of one kind, at `start` of the text it was cut from. */
export type Token = { readonly text: string; readonly start: number };

/**
 * Cuts text into words: at white space, and where a spaceless script meets another one or punctuation, so that a
 * number inside a Chinese sentence is a word of its own.
 */
export function splitWords(text: string): Token[] {
  return Array.from(text.matchAll(tokens), (match) => ({ text: match[0], start: match.index }));
}

/** True for one character of a spaceless script or of its punctuation. */
export function isSpaceless(character: string): boolean {
  return edge.test(character);
}

/** Width of a character in half-width cells: 2 for full-width forms and spaceless scripts, 1 for the rest. */
export function cellWidth(character: string): 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x1100 && (edge.test(character) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xff01 && code <= 0xff60)) ? 2 : 1;
}
