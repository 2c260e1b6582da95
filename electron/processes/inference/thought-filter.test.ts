import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ThoughtFilter } from './thought-filter.ts';

const cases: readonly [opened: boolean, output: string, shown: string][] = [
  [false, 'Hello <think> there', 'Hello <think> there'],
  [false, '<think>\nHm, 2 < 3.\n</think>\n\nYes.', 'Yes.'],
  [true, 'still thinking</think> Yes </think>', 'Yes </think>'],
  [true, 'never done', ''],
  [false, ' <thi', ' <thi'],
  [false, '', ''],
];

it.each(cases)('opened %s: %j is shown as %j, however it is cut into pieces', (opened, output, shown) => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: output.length })), (cuts) => {
      const filter = new ThoughtFilter(opened);
      const ends = [...new Set([0, ...cuts, output.length])].sort((a, b) => a - b);
      const pieces = ends.slice(1).map((end, i) => output.slice(ends[i], end));
      expect(pieces.map((piece) => filter.push(piece)).join('') + filter.end()).toBe(shown);
    }),
  );
});
