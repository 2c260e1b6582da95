import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MonitorSample } from '../../../electron/core/contract/index.ts';
import { addSamples, longestMs, niceTop, since, summarise, toColumns } from './sample-window.ts';

const sample = (at: number, cpu = 0): MonitorSample => ({
  at,
  cpu,
  memoryUsedBytes: 0,
  memoryTotalBytes: 0,
  processes: [],
  inference: { tokensPerSecond: 0, active: 0, queued: 0, latencyP50Ms: null, latencyP95Ms: null, firstTokenP50Ms: null },
  documents: { queued: 0, reading: 0, pagesPerMinute: 0 },
  runs: { running: 0, queued: 0 },
  gpus: [],
});
const times = (samples: readonly MonitorSample[]) => samples.map(({ at }) => at);

test('keeps samples across a restart of core, once each, for ten minutes', () => {
  const before = [1000, 2000, 3000].map((at) => sample(at));
  expect(times(addSamples(before, [sample(3000), sample(4000)]))).toEqual([1000, 2000, 3000, 4000]);
  expect(times(addSamples(before, []))).toEqual([1000, 2000, 3000]);
  expect(times(addSamples(before, [sample(1500)]))).toEqual([1000, 1500]);
  expect(times(addSamples(before, [sample(2500 + longestMs)]))).toEqual([3000, 2500 + longestMs]);
});

test('is always in order and never longer than what core keeps', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2_000_000 }), { maxLength: 60 }), (ats) => {
      const kept = times(ats.reduce<readonly MonitorSample[]>((samples, at) => addSamples(samples, [sample(at)]), []));
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      expect(kept.at(-1)).toBe(ats.at(-1));
      expect((kept.at(-1) ?? 0) - (kept[0] ?? 0)).toBeLessThan(longestMs);
    }),
  );
});

test('draws no line over a time without samples', () => {
  const samples = [sample(1000, 0.1), sample(6000, 0.2), sample(60_000, 0.3)];
  expect(toColumns(samples, [({ cpu }) => cpu, () => null])).toEqual([
    [1, 6, 6.001, 60],
    [0.1, 0.2, null, 0.3],
    [null, null, null, null],
  ]);
  expect(times(since(samples, 54_000))).toEqual([6000, 60_000]);
});

test('summarises what is there and says so when nothing is', () => {
  const samples = [sample(1, 0.2), sample(2, 0.6), sample(3, 0.1)];
  expect(summarise(samples, ({ cpu }) => (cpu === 0.1 ? null : cpu))).toEqual({ now: null, lowest: 0.2, mean: 0.4, highest: 0.6 });
  expect(summarise([], ({ cpu }) => cpu)).toEqual({ now: null, lowest: null, mean: null, highest: null });
});

test('tops of axes are round, high enough and not too high', () => {
  expect([0, 3, 4, 4.1, 10, 11, 39, 41, 950].map((value) => niceTop(value, 4))).toEqual([4, 4, 4, 10, 10, 20, 40, 100, 1000]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (value) => {
      const top = niceTop(value, 1);
      expect(top).toBeGreaterThanOrEqual(value * 0.999);
      expect(top).toBeLessThanOrEqual(Math.max(1, value) * 2.6);
    }),
  );
});
