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

/** Our seconds and the peer's, and how many times as fast as the peer we are: of the medians, and of each pair. */
export function compared(
  ours: readonly number[],
  peer: readonly number[],
): Record<'seconds' | 'peerSeconds' | 'ratio', Statistics> & { ratioOfMedians: number } {
  const [mine, theirs] = [statistics(ours), statistics(peer)];
  const ratio = statistics(ours.map((seconds, index) => (peer[index] ?? Number.NaN) / seconds));
  return { seconds: mine, peerSeconds: theirs, ratio, ratioOfMedians: Math.round((theirs.median / mine.median) * 1000) / 1000 };
}
