import { setTimeout as sleep } from 'node:timers/promises';

export type Watched = {
  /** Processor time the watched thread has used, ms. Stays pending while the thread is inside native code. */
  cpuTime(): Promise<number>;
  /** True while silence is no fault of the thread. */
  excused(): boolean;
};

/** Times the limit after which a thread counts as hung even if the machine gave it no processor time. */
const patience = 4;

/**
 * Aborts `signal` when the thread was silent for `limit` ms and worked at least half of that time. On a busy machine a
 * healthy thread may get no processor for long; that is not hanging. A thread inside native code cannot be asked and is
 * taken to work a quarter of the time.
 */
export function watchSilence(limit: number, thread: Watched): { signal: AbortSignal; touch(): void; stop(): void } {
  const abort = new AbortController();
  let touched = true;
  let since = performance.now();
  let usedBefore = 0;
  let checking = false;
  const check = async () => {
    const used = await Promise.race([thread.cpuTime().catch(() => null), sleep(500, null, { ref: false })]);
    const now = performance.now();
    if (touched || thread.excused()) {
      touched = false;
      since = now;
      usedBefore = used ?? 0;
      return;
    }
    const silent = now - since;
    const spent = used === null ? silent / 4 : used - usedBefore;
    if (silent > limit && (spent > limit / 2 || silent > limit * patience)) abort.abort();
  };
  const timer = setInterval(
    () => {
      if (checking) return;
      checking = true;
      void check().finally(() => (checking = false));
    },
    Math.min(1000, limit / 4),
  );
  return { signal: abort.signal, touch: () => void (touched = true), stop: () => clearInterval(timer) };
}
