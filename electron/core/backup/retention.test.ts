import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOutOfReach, nextAfterFailure, nextRun } from './backup-schedule.ts';
import { keptSnapshots } from './retention.ts';

const day = 86_400_000;
const keep = { daily: 7, weekly: 4, monthly: 12 };

test('a year of daily backups keeps seven days, four weeks and twelve months', () => {
  const newest = new Date(2026, 10, 20, 12).getTime();
  const all = Array.from({ length: 400 }, (_, index) => {
    const date = new Date(2026, 10, 20 - index, 12);
    return { id: String(index), createdAt: date.getTime() };
  });
  const kept = [...keptSnapshots(all, keep)].map(Number).sort((a, b) => a - b);
  expect(kept.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(kept.length).toBeGreaterThanOrEqual(7 + 2 + 10);
  expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12);
  expect((newest - (all[kept.at(-1) ?? 0]?.createdAt ?? 0)) / day).toBeGreaterThan(320);
});

test('whatever the clock did, the newest made is kept, and what is kept is kept again', () => {
  const times = fc.array(fc.integer({ min: 0, max: 4_102_444_800_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      times,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 14 }),
      (at, daily, weekly, monthly) => {
        const all = at.map((createdAt, index) => ({ id: String(index), createdAt }));
        const rules = { daily, weekly, monthly };
        const kept = keptSnapshots(all, rules);
        expect(kept.has('0')).toBe(true);
        expect(kept.size).toBeLessThanOrEqual(daily + weekly + monthly);
        expect(
          keptSnapshots(
            all.filter(({ id }) => kept.has(id)),
            rules,
          ),
        ).toEqual(kept);
      },
    ),
  );
});

test('the next run is at its time of day, a failed one is tried again within the hour, a clock put back does not stop them', () => {
  const noon = new Date(2026, 10, 20, 12).getTime();
  const at = (settings: { schedule: 'daily' | 'weekly' | 'off'; atMinute: number }) => {
    const next = nextRun(settings, noon);
    return next === null ? null : [new Date(next).getDate(), new Date(next).getHours(), new Date(next).getMinutes()];
  };
  // The 20th is a Friday.
  expect(at({ schedule: 'daily', atMinute: 12 * 60 + 30 })).toEqual([20, 12, 30]);
  expect(at({ schedule: 'daily', atMinute: 0 })).toEqual([21, 0, 0]);
  expect(at({ schedule: 'weekly', atMinute: 60 })).toEqual([27, 1, 0]);
  expect(at({ schedule: 'weekly', atMinute: 13 * 60 })).toEqual([20, 13, 0]);
  expect(at({ schedule: 'off', atMinute: 0 })).toBeNull();
  expect(nextAfterFailure({ schedule: 'daily', atMinute: 0 }, noon)).toBe(noon + 3_600_000);
  expect(isOutOfReach(noon + 365 * day, noon)).toBe(true);
  expect(isOutOfReach(noon + 7 * day, noon)).toBe(false);
});
