export type Statistics = { median: number; p95: number; runs: number };

/** Median and 95th percentile (nearest rank) of several runs, rounded to three significant decimals. */
export function statistics(samples: readonly number[]): Statistics {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (fraction: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(fraction * sorted.length) - 1))] ?? Number.NaN;
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return { median: round(at(0.5)), p95: round(at(0.95)), runs: sorted.length };
}
