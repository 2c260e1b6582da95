import type { RGB } from '@libpdf/core';
import type { Block } from '../../blocks.ts';
import type { Pages } from '../pages.ts';
import { contentWidth } from '../theme.ts';

export type Column = Extract<Block, { type: 'table' }>['columns'][number] & { readonly color?: RGB };
export type Fitted = { readonly size: number; readonly lineHeight: number; readonly widths: readonly number[] };

export const cellPadding = 4;
/** A wide table is set smaller, down to the last of these. */
const sizes = [8.5, 7.5, 6.5] as const;
/** Width up to which a word of a cell is kept whole; longer ones (hashes) break. */
const wholeWord = 62;
/** Of so many rows the words are measured. */
const measuredRows = 150;

/** Widths by share, but none so narrow that its words break where another has room to spare. */
export function fitColumns(pages: Pages, columns: readonly Column[], rows: readonly (readonly string[])[]): Fitted {
  for (const size of sizes) {
    const least = leastWidths(pages, columns, rows, size);
    if (sum(least) <= contentWidth) return { size, lineHeight: size * 1.4, widths: share(columns, least) };
  }
  const size = sizes.at(-1) ?? 6.5;
  const least = leastWidths(pages, columns, rows, size);
  return { size, lineHeight: size * 1.4, widths: least.map((width) => (width / sum(least)) * contentWidth) };
}

/** Indexes of the columns that stand beside each other. Where not all fit, the first column begins each group. */
export function columnGroups(pages: Pages, columns: readonly Column[], rows: readonly (readonly string[])[]): number[][] {
  const least = leastWidths(pages, columns, rows, sizes.at(-1) ?? 6.5);
  const all = columns.map((_, index) => index);
  if (sum(least) <= contentWidth || columns.length < 3) return [all];
  const first = Math.min(least[0] ?? 0, contentWidth / 3);
  const groups: number[][] = [];
  let group: number[] = [0];
  let used = first;
  for (const index of all.slice(1)) {
    const width = least[index] ?? 0;
    if (group.length > 1 && used + width > contentWidth) {
      groups.push(group);
      group = [0];
      used = first;
    }
    group.push(index);
    used += width;
  }
  return [...groups, group];
}

function leastWidths(pages: Pages, columns: readonly Column[], rows: readonly (readonly string[])[], size: number): number[] {
  return columns.map(({ title }, index) => {
    let widest = Math.min(wholeWord * 1.6, widestWord(pages, title, size, 'bold'));
    for (const row of rows.slice(0, measuredRows))
      widest = Math.max(widest, Math.min(wholeWord, widestWord(pages, row[index] ?? '', size, 'regular')));
    return Math.max(16, widest + 0.5) + 2 * cellPadding;
  });
}

function widestWord(pages: Pages, text: string, size: number, weight: 'regular' | 'bold'): number {
  let widest = 0;
  for (const word of text.slice(0, 400).split(/\s+|(?<=[\u2E80-\u9FFF\uFF00-\uFFEF])/))
    widest = Math.max(widest, pages.width(word, size, weight));
  return widest;
}

/** By share; who gets less than its least width gets that, and the others share what is left. */
function share(columns: readonly Column[], least: readonly number[]): number[] {
  const fixed = new Set<number>();
  for (;;) {
    const open = columns.map((_, index) => index).filter((index) => !fixed.has(index));
    const room = contentWidth - sum([...fixed].map((index) => least[index] ?? 0));
    const shares = sum(open.map((index) => columns[index]?.share ?? 0));
    const width = (index: number) => ((columns[index]?.share ?? 0) / shares) * room;
    const tooNarrow = open.filter((index) => width(index) < (least[index] ?? 0) - 0.01);
    if (tooNarrow.length === 0) return columns.map((_, index) => (fixed.has(index) ? (least[index] ?? 0) : width(index)));
    for (const index of tooNarrow) fixed.add(index);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
