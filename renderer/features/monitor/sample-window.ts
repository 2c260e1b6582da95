import type { MonitorSample } from '../../../electron/core/contract/index.ts';

export type Samples = readonly MonitorSample[];

/** As much as core keeps. */
export const longestMs = 10 * 60_000;
/** Two samples further apart than this are not joined by a line: core was away in between. */
const gapMs = 15_000;

/**
 * Adds what core sent to what the page already has, oldest first. Samples from before a restart of core stay; a clock
 * that was set back takes the now impossible ones away.
 */
export function addSamples(before: Samples, added: Samples): Samples {
  const [first] = added;
  const last = added.at(-1);
  if (!first || !last) return before;
  return [...before.filter(({ at }) => at < first.at), ...added].filter(({ at }) => at > last.at - longestMs);
}

export function since(samples: Samples, ms: number): Samples {
  const end = samples.at(-1)?.at ?? 0;
  return samples.filter(({ at }) => at >= end - ms);
}

/** Samples as uPlot takes them: seconds, then one row of values a series; a gap in time becomes a gap in the line. */
export function toColumns(samples: Samples, values: readonly ((sample: MonitorSample) => number | null)[]): (number | null)[][] {
  const times: number[] = [];
  const rows: (number | null)[][] = values.map(() => []);
  let before: number | null = null;
  for (const sample of samples) {
    if (before !== null && sample.at - before > gapMs) {
      times.push((before + 1) / 1000);
      for (const row of rows) row.push(null);
    }
    times.push(sample.at / 1000);
    for (const [index, value] of values.entries()) rows[index]?.push(value(sample));
    before = sample.at;
  }
  return [times, ...rows];
}

export type Summary = {
  readonly now: number | null;
  readonly lowest: number | null;
  readonly mean: number | null;
  readonly highest: number | null;
};

/** What a line says in four numbers; null where there is no value. */
export function summarise(samples: Samples, value: (sample: MonitorSample) => number | null): Summary {
  const last = samples.at(-1);
  const present = samples.flatMap((sample) => value(sample) ?? []);
  const now = last ? value(last) : null;
  if (present.length === 0) return { now, lowest: null, mean: null, highest: null };
  const sum = present.reduce((total, one) => total + one, 0);
  return { now, lowest: Math.min(...present), mean: sum / present.length, highest: Math.max(...present) };
}

/** The top of an axis: the next of 1, 2, 4, 10, 20, 40 … so that it moves seldom and its half is a round number too. */
export function niceTop(highest: number, least: number): number {
  const wanted = Math.max(highest, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 4, 10].find((one) => one * power >= wanted * 0.999_999) ?? 10;
  return step * power;
}
