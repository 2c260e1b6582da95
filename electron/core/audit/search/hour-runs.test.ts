import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { openDatabase, type WritableDb } from '../../vault/database.ts';
import { migrate } from '../../vault/migrations/index.ts';
import { HourRuns } from './hour-runs.ts';

let db: WritableDb;

beforeEach(() => {
  db = openDatabase(`${temporaryFolder()}/vault.db`, Buffer.alloc(32, 7), 'create');
  migrate(db);
});
afterEach(() => db.close());

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Goes on, stands still, or is set forward or back by hours, to hours that were before. */
const clock = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 40 }) },
      { weight: 1, arbitrary: fc.integer({ min: -6, max: 6 }).map((hours) => hours * 60) },
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((steps) =>
    steps.map(
      (
        (at) => (step: number) =>
          (at += step * minuteMs)
      )(1_700_000_000_000),
    ),
  );
const times = fc
  .tuple(fc.integer({ min: -500, max: 1_500 }), fc.integer({ min: 0, max: 700 }))
  .map(([from, length]) => ({ from: 1_700_000_000_000 + from * minuteMs, to: 1_700_000_000_000 + (from + length) * minuteMs }));
const limits = fc.record({ gap: fc.nat(3), most: fc.integer({ min: 1, max: 9 }), wholeIsFree: fc.boolean() });

test('windows hold every leaf of the times asked for, newest first, and no more besides than they may', () => {
  fc.assert(
    fc.property(
      clock,
      fc.uniqueArray(fc.nat(60)),
      fc.array(fc.record({ times, limits, low: fc.nat(20), high: fc.nat(60) }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 60 }),
      (clocks, gone, questions, batch) => {
        const runs = new HourRuns(db);
        runs.clear();
        const leaves = clocks.map((at, sequence) => ({ at, sequence }));
        for (let next = 0; next < leaves.length; next += batch) runs.add(leaves.slice(next, next + batch));
        runs.forget(gone);
        const left = leaves.filter(({ sequence }) => !gone.includes(sequence));
        expect(db.prepare('SELECT low, high, hour FROM audit_search_hours ORDER BY low').all()).toEqual(runsOf(left));
        for (const each of questions) {
          const { from, to } = each.times;
          const windows = [...runs.windows(each.times, each, each.limits)];
          const looked = windows.flatMap(({ low, high }) => Array.from({ length: high - low + 1 }, (_, down) => high - down));
          expect(looked).toEqual(looked.toSorted((left_, right) => right - left_));
          expect(new Set(looked).size).toBe(looked.length);
          expect(looked.every((sequence) => sequence >= each.low && sequence <= each.high)).toBe(true);
          const meant = left.filter(({ at, sequence }) => at >= from && at <= to && sequence >= each.low && sequence <= each.high);
          expect(looked).toEqual(expect.arrayContaining(meant.map(({ sequence }) => sequence)));
          for (const { low, high } of windows) {
            const isWhole = ({ at }: { at: number }) => hourOf(at) > hourOf(from) && hourOf(at) < hourOf(to);
            const free = each.limits.wholeIsFree
              ? left.filter((leaf) => isWhole(leaf) && leaf.sequence >= low && leaf.sequence <= high)
              : [];
            const forgotten = gone.filter((sequence) => sequence >= low && sequence <= high);
            expect(high - low + 1 - free.length - forgotten.length).toBeLessThanOrEqual(each.limits.most);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

function hourOf(at: number): number {
  return Math.floor(at / hourMs);
}

/** Written differently on purpose. */
function runsOf(leaves: readonly { at: number; sequence: number }[]): { low: number; high: number; hour: number }[] {
  const starts = leaves.filter(({ at, sequence }, index) => {
    const before = leaves[index - 1];
    return before?.sequence !== sequence - 1 || hourOf(before.at) !== hourOf(at);
  });
  return starts.map(({ at, sequence }, index) => {
    const until = starts[index + 1]?.sequence ?? Number.POSITIVE_INFINITY;
    return {
      low: sequence,
      high: Math.max(...leaves.filter((leaf) => leaf.sequence < until).map((leaf) => leaf.sequence)),
      hour: hourOf(at),
    };
  });
}
