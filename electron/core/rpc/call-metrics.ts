/** How often each procedure was called and how long it took, in memory, for the monitor. */
export class CallMetrics {
  readonly #calls = new Map<string, { count: number; totalMs: number; slowestMs: number }>();

  note(name: string, ms: number): void {
    const entry = this.#calls.get(name) ?? { count: 0, totalMs: 0, slowestMs: 0 };
    entry.count += 1;
    entry.totalMs += ms;
    entry.slowestMs = Math.max(entry.slowestMs, ms);
    this.#calls.set(name, entry);
  }

  snapshot(): { name: string; count: number; meanMs: number; slowestMs: number }[] {
    return [...this.#calls].map(([name, { count, totalMs, slowestMs }]) => ({ name, count, meanMs: totalMs / count, slowestMs }));
  }
}
