import { expect, test } from 'vitest';
import { IdleCountdown } from './idle-countdown.ts';

const minute = 60_000;

test('core is told of activity at most every 20 seconds, and of the last one too', () => {
  const idle = new IdleCountdown(5, 0);
  const told: number[] = [];
  for (let now = 1_000; now <= 60_000; now += 1_000) {
    if (now <= 30_000) idle.touch();
    if (idle.takeReport(now)) told.push(now);
  }
  expect(told).toEqual([20_000, 40_000]);
});

test('the end is where core sees it, not where the page last saw a hand', () => {
  const idle = new IdleCountdown(5, 0);
  expect(idle.state(4.5 * minute - 1)).toEqual({ kind: 'active' });
  expect(idle.state(4.5 * minute)).toEqual({ kind: 'warning', secondsLeft: 30 });
  expect(idle.state(5 * minute - 1)).toEqual({ kind: 'warning', secondsLeft: 1 });
  expect(idle.state(5 * minute)).toEqual({ kind: 'over' });
});

test('while the warning is shown a hand counts at once; after the end it counts no more', () => {
  const idle = new IdleCountdown(5, 0);
  idle.touch();
  expect(idle.takeReport(4.6 * minute)).toBe(true);
  expect(idle.state(5 * minute)).toEqual({ kind: 'active' });
  idle.endsAt(5 * minute);
  idle.touch();
  expect(idle.takeReport(5 * minute)).toBe(false);
});

test('a policy of one minute still warns', () => {
  const idle = new IdleCountdown(1, 0);
  expect(idle.state(29_000)).toEqual({ kind: 'active' });
  expect(idle.state(31_000)).toEqual({ kind: 'warning', secondsLeft: 29 });
});
