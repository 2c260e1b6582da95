/** Aborts `signal` when nothing was heard for `limit` ms while not `excused`. */
export function watchSilence(limit: number, excused: () => boolean): { signal: AbortSignal; touch(): void; stop(): void } {
  const abort = new AbortController();
  let last = performance.now();
  const timer = setInterval(
    () => {
      if (excused()) last = performance.now();
      else if (performance.now() - last > limit) abort.abort();
    },
    Math.min(1000, limit / 4),
  );
  return { signal: abort.signal, touch: () => void (last = performance.now()), stop: () => clearInterval(timer) };
}
