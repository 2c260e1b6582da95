import type { Json } from '../../contract/base.ts';

const cjk = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`;
const word = new RegExp(String.raw`[${cjk}]|[[\p{L}\p{N}]--[${cjk}]]+`, 'gv');

/**
 * The words of a text as the index holds them: runs of letters and digits without case, and every Chinese, Japanese or
 * Korean character by itself, since such text has no spaces: what was typed is found as those characters in a row.
 */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');
  return folded.match(word) ?? [];
}

/** The texts and numbers anywhere inside a value, for the index; names of members are left out. */
export function valuesIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(valuesIn);
}
