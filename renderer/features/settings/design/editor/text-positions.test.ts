import { expect, it } from 'vitest';
import { ownLineInsert, positionOf } from './text-positions.ts';

it('finds a line and column, and stays inside the text', () => {
  const text = 'ab\n\ncdef';
  const found = [
    [1, 1],
    [1, 2],
    [1, 9],
    [2, 1],
    [3, 3],
    [9, 1],
    [1, 0],
  ].map(([line = 0, column = 0]) => positionOf(text, line, column));
  expect(found).toEqual([
    { at: 0, end: 2 },
    { at: 1, end: 2 },
    { at: 2, end: 2 },
    { at: 3, end: 3 },
    { at: 6, end: 8 },
    { at: 8, end: 8 },
    { at: 0, end: 2 },
  ]);
});

it('puts a section on a line of its own, wherever the caret is', () => {
  const put = (text: string, from: number, to = from) => `${text.slice(0, from)}${ownLineInsert(text, from, to, 'S')}${text.slice(to)}`;
  expect([put('', 0), put('ab', 1), put('ab', 2), put('a\nb', 1), put('a\nb', 2), put('a\n\nb', 2), put('abc', 1, 2)]).toEqual([
    'S\n',
    'a\nS\nb',
    'ab\nS\n',
    'a\nS\nb',
    'a\nS\nb',
    'a\nS\nb',
    'a\nS\nc',
  ]);
});
