const windowMs = 5 * 60_000;
const rateMs = 3_000;

export type InferenceMetrics = {
  /** Output tokens of all requests together, over the last three seconds. */
  readonly tokensPerSecond: number;
  readonly active: number;
  readonly queued: number;
  /** Over the requests of the last five minutes; null when there was none. */
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly firstTokenP50Ms: number | null;
};

/** Counts and times of generation requests, for the monitor; in memory only. */
export class InferenceMeter {
  #finished: { at: number; durationMs: number; firstTokenMs: number | null }[] = [];
  #streamed: { at: number; tokens: number }[] = [];

  tokens(tokens: number, at = Date.now()): void {
    this.#streamed.push({ at, tokens });
    if (this.#streamed.length > 2_000) this.#streamed = this.#streamed.filter((entry) => entry.at > at - rateMs);
  }

  finished(request: { durationMs: number; firstTokenMs: number | null }, at = Date.now()): void {
    this.#finished.push({ at, ...request });
    if (this.#finished.length > 20_000) this.#finished.splice(0, 10_000);
  }

  read(load: { active: number; queued: number }, now = Date.now()): InferenceMetrics {
    this.#finished = this.#finished.filter(({ at }) => at > now - windowMs);
    this.#streamed = this.#streamed.filter(({ at }) => at > now - rateMs);
    const latencies = this.#finished.map(({ durationMs }) => durationMs);
    const firstTokens = this.#finished.flatMap(({ firstTokenMs }) => firstTokenMs ?? []);
    return {
      tokensPerSecond: this.#streamed.reduce((sum, { tokens }) => sum + tokens, 0) / (rateMs / 1000),
      ...load,
      latencyP50Ms: quantile(latencies, 0.5),
      latencyP95Ms: quantile(latencies, 0.95),
      firstTokenP50Ms: quantile(firstTokens, 0.5),
    };
  }
}

/** The nearest-rank quantile; null for no values. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
