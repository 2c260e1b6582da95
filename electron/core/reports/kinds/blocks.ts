import type { Block } from '../blocks.ts';

/** Short ways to write blocks. */

export const text = (content: string): Block => ({ type: 'text', text: content });
export const heading = (content: string, level: 2 | 3 = 3): Block => ({ type: 'heading', level, text: content });
export const list = (items: readonly string[]): Block => ({ type: 'list', ordered: false, items: [...items] });
export const notice = (content: string, tone: 'info' | 'warning' = 'info'): Block => ({ type: 'notice', tone, text: content });
export const facts = (rows: readonly (readonly [label: string, value: string])[]): Block => ({
  type: 'facts',
  rows: rows.map(([label, value]) => ({ label, value })),
});

/** A column: its share of the width, negative for one whose text stands at the right. */
type Share = number;

/** `shares` beside `titles`, one each. */
export function table(
  titles: readonly string[],
  shares: readonly Share[],
  rows: readonly (readonly string[])[],
  caption: string | null = null,
): Block {
  const columns = titles.map((title, index) => {
    const share = shares[index] ?? 1;
    return { title, align: share < 0 ? ('right' as const) : ('left' as const), share: Math.abs(share) };
  });
  return { type: 'table', caption, columns, rows: rows.map((row) => [...row]) };
}
