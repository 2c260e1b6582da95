/** Numbers from 0 (inclusive) to 1, the same for the same seed (mulberry32). */
export type Random = { next(): number; below(bound: number): number; pick<T>(from: readonly T[]): T; chance(probability: number): boolean };

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    below,
    pick: (from) => from[below(from.length)]!,
    chance: (probability) => next() < probability,
  };
}

export type SuiteContext = {
  readonly rounds: number;
  readonly random: Random;
  progress(line: string): void;
  /** Something was lost, done twice, or not noticed. The suite goes on. */
  fail(round: number, message: string): void;
  /** A measured length of time in milliseconds; the result gives median, p95 and the most of each name. */
  time(name: string, ms: number): void;
  /** Counts something worth reporting. */
  count(name: string, by?: number): void;
};

/** One way of breaking a vault. Throws only when it could not be carried out. */
export type Suite = { readonly defaultRounds: number; run(context: SuiteContext): Promise<void> };

export type SuiteResult = {
  readonly suite: string;
  readonly rounds: number;
  readonly seed: number;
  readonly failures: readonly { round: number; message: string }[];
  readonly seconds: number;
  readonly figures: Record<string, number | { median: number; p95: number; most: number }>;
};

export async function runSuite(
  name: string,
  suite: Suite,
  options: { readonly rounds?: number; readonly seed: number; progress(line: string): void },
): Promise<SuiteResult> {
  const rounds = options.rounds ?? suite.defaultRounds;
  const failures: { round: number; message: string }[] = [];
  const times = new Map<string, number[]>();
  const counts = new Map<string, number>();
  const startedAt = performance.now();
  options.progress(`${name}: ${rounds} rounds, seed ${options.seed}`);
  await suite.run({
    rounds,
    random: seeded(options.seed),
    progress: (line) => options.progress(`${name}: ${line}`),
    fail: (round, message) => {
      failures.push({ round, message });
      options.progress(`${name}: FAILURE in round ${round}: ${message}`);
    },
    time: (what, ms) => void (times.get(what)?.push(ms) ?? times.set(what, [ms])),
    count: (what, by = 1) => void counts.set(what, (counts.get(what) ?? 0) + by),
  });
  const figures: Record<string, number | { median: number; p95: number; most: number }> = Object.fromEntries(counts);
  for (const [what, all] of times) {
    all.sort((a, b) => a - b);
    const at = (fraction: number) => Math.round(all[Math.min(all.length - 1, Math.floor(all.length * fraction))] ?? 0);
    figures[`${what}Ms`] = { median: at(0.5), p95: at(0.95), most: at(1) };
  }
  return { suite: name, rounds, seed: options.seed, failures, seconds: Math.round((performance.now() - startedAt) / 1000), figures };
}
