import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AuditEntry } from '../../../../electron/core/contract/index.ts';
import { nextEntry, rowsOf, shownRange } from './entry-rows.ts';

const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();
const entry = (sequence: number, time: number) => ({ sequence, at: time }) as AuditEntry;
const entries = [entry(4, at(20, 9)), entry(3, at(20, 1)), entry(2, at(19, 23)), entry(1, at(20, 8))];

it('begins each local day with a heading, and a day that comes again too', () => {
  expect(rowsOf(entries).map(({ key }) => key)).toEqual(['day 4', '4', '3', 'day 2', '2', 'day 1', '1']);
});

it('never moves onto a heading', () => {
  const rows = rowsOf(entries);
  expect([nextEntry(rows, 0, 1), nextEntry(rows, 3, 1), nextEntry(rows, 3, -1), nextEntry(rows, 0, -1)]).toEqual([1, 4, 2, 1]);
  expect([nextEntry(rows, 99, 1), nextEntry(rows, -5, -1), nextEntry([], 3, 1)]).toEqual([6, 1, 0]);
});

it('draws every row that a window can show', () => {
  const rowHeight = 34;
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(200_000), fc.nat(2_000), (count, top, height) => {
      const { start, end } = shownRange(count, rowHeight, top, height);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThanOrEqual(count);
      for (let row = Math.floor(top / rowHeight); row * rowHeight < top + height && row < count; row += 1) {
        expect(row >= start && row < end).toBe(true);
      }
    }),
  );
});
