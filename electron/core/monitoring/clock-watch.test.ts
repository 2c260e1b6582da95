import { expect, test } from 'vitest';
import { systemActor, type LeafRecord, type SystemActs } from '../audit/act.ts';
import { ClockWatch } from './clock-watch.ts';

function watched() {
  const found: LeafRecord[] = [];
  const acts = ((action: string) => ({
    actor: systemActor,
    action,
    commit: <T>(record: LeafRecord, change: (db: never) => T) => (found.push(record), change(undefined as never)),
  })) as unknown as SystemActs;
  const clocks = { wall: 1_700_000_000_000, monotonic: 5_000 };
  const watch = new ClockWatch(acts, { wall: () => clocks.wall, monotonic: () => clocks.monotonic });
  const pass = (ms: number, step = 0) => {
    clocks.monotonic += ms;
    clocks.wall += ms + step;
    watch.look();
  };
  return { watch, pass, found };
}

test('a clock that runs on, or is guided gently, leaves no record', () => {
  const { pass, found } = watched();
  for (let second = 0; second < 100; second += 1) pass(1_000, second % 2 ? 400 : -400);
  expect(found).toEqual([]);
});

test.each([-365 * 86_400_000, 3_652 * 86_400_000, -1_700_000_000_000, 2_500])(
  'a step by %d ms is recorded once, with both times',
  (step) => {
    const { pass, found } = watched();
    pass(1_000);
    pass(1_000, step);
    pass(1_000);
    expect(found).toEqual([
      { subject: '', details: { expected: 1_700_000_002_000, found: 1_700_000_002_000 + step, byMs: step, noticed: 'open' } },
    ]);
  },
);

test('a clock behind the newest record is noticed at opening', () => {
  const { watch, found } = watched();
  watch.start(1_700_000_000_000 + 3_600_000);
  watch.close();
  expect(found).toMatchObject([{ details: { byMs: -3_600_000, noticed: 'opening' } }]);
});
