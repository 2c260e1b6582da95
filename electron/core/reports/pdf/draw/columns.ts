import type { RGB } from '@libpdf/core';
import type { Block } from '../../blocks.ts';
import type { Pages } from '../pages.ts';
import { contentWidth } from '../theme.ts';

export type Column = Extract<Block, { type: 'table' }>['columns'][number] & { readonly color?: RGB };
export type Fitted = { readonly size: number; readonly lineHeight: number; readonly widths: readonly number[] };

export const cellPadding = 4;
/** More, where the text of the next column would seem to go on a number's. */
export function rightPadding(columns: readonly Column[], index: number): number {
  return columns[index]?.align === 'right' && columns[index + 1]?.align === 'left' ? 12 : cellPadding;
}
/** A wide table is set smaller, down to the last of these. */
const sizes = [8.5, 7.5, 6.5] as const;
/** Width up to which a word of a cell is kept whole; longer ones (hashes) break. */
const wholeWord = 62;
/** Of so many rows the words are measured. */
const measuredRows = 150;

/**
 * Widths by share, but none so narrow that its words break, or its lines, where another has room to spare.
 * @param largest size that may be taken
 */
export function fitColumns(
  pages: Pages,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  largest: number = sizes[0],
): Fitted {
  const last = sizes.at(-1) ?? largest;
  for (const size of sizes) {
    if (size > largest) continue;
    const least = leastWidths(pages, columns, rows, size);
    const fits = sum(least) <= contentWidth;
    if (!fits && size !== last) continue;
    const widths = fits ? share(columns, least) : least.map((width) => (width / sum(least)) * contentWidth);
    return { size, lineHeight: size * 1.4, widths: even(widths, wholeWidths(pages, columns, rows, size)) };
  }
  throw new Error('no size was tried');
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
    return Math.max(16, widest + 0.5) + cellPadding + rightPadding(columns, index);
  });
}

/** Of the longest line of each column. */
function wholeWidths(pages: Pages, columns: readonly Column[], rows: readonly (readonly string[])[], size: number): number[] {
  return columns.map(({ title }, index) => {
    let widest = pages.width(title, size, 'bold');
    for (const row of rows.slice(0, measuredRows))
      for (const text of (row[index] ?? '').slice(0, 400).split('\n')) widest = Math.max(widest, pages.width(text, size));
    return widest + 0.5 + cellPadding + rightPadding(columns, index);
  });
}

/** Moves width from columns that have more than their longest line to those that have less, the smallest needs first. */
function even(widths: readonly number[], whole: readonly number[]): number[] {
  const spare = widths.map((width, index) => Math.max(0, width - (whole[index] ?? 0)));
  const need = widths.map((width, index) => Math.max(0, (whole[index] ?? 0) - width));
  const total = sum(spare);
  let left = total;
  const given = new Map<number, number>();
  const smallestFirst = [...need.keys()].toSorted((a, b) => (need[a] ?? 0) - (need[b] ?? 0));
  for (const index of smallestFirst) {
    const more = Math.min(left, need[index] ?? 0);
    given.set(index, more);
    left -= more;
  }
  const taken = total === 0 ? 0 : (total - left) / total;
  return widths.map((width, index) => width + (given.get(index) ?? 0) - (spare[index] ?? 0) * taken);
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
