export type Baseline = { readonly median: number; readonly spread: number };

/** 0.6745 makes the median absolute deviation comparable to a standard deviation (Iglewicz and Hoaglin 1993, p. 11). */
const consistency = 0.6745;
/** A history that is nearly the same every day must not make one act more an alarm: at least a tenth of the median, and one. */
const leastShare = 0.1;

/** Median and median absolute deviation of counts, at least one of them. */
export function baselineOf(counts: readonly number[]): Baseline {
  const median = medianOf(counts);
  const deviation = medianOf(counts.map((count) => Math.abs(count - median)));
  return { median, spread: Math.max(deviation, median * leastShare, 1) };
}

/** How many robust standard deviations `count` lies above the median. */
export function robustScore(count: number, { median, spread }: Baseline): number {
  return (consistency * (count - median)) / spread;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
