import { statistics, type Statistics } from '../statistics.ts';

/** Seconds that `work` takes. */
export function secondsOf(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

/** Seconds until what `work` promises. */
export async function secondsUntil(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** `arms` in an order of chance: nobody always comes after the same other, whose traces the disk still has to do with. */
export function shuffled<T>(arms: readonly T[]): readonly T[] {
  return arms
    .map((arm) => ({ arm, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ arm }) => arm);
}

/** Our seconds and the peer's, and how many times as fast as the peer we are: of the medians, and of each pair. */
export function compared(
  ours: readonly number[],
  peer: readonly number[],
): Record<'seconds' | 'peerSeconds' | 'ratio', Statistics> & { ratioOfMedians: number } {
  const ratio = statistics(ours.map((seconds, index) => (peer[index] ?? Number.NaN) / seconds));
  const ratioOfMedians = Math.round((median(peer) / median(ours)) * 1000) / 1000;
  return { seconds: inMicroseconds(ours), peerSeconds: inMicroseconds(peer), ratio, ratioOfMedians };
}

function median(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.ceil(samples.length / 2) - 1] ?? Number.NaN;
}

/** `statistics` keeps three decimals: of seconds, a small write would be rounded away. */
function inMicroseconds(seconds: readonly number[]): Statistics {
  const { median: middle, p95, runs } = statistics(seconds.map((each) => each * 1000));
  const round = (ms: number) => Math.round(ms * 1000) / 1e6;
  return { median: round(middle), p95: round(p95), runs };
}
