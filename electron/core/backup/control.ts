import type { BackupActivity } from '../contract/backup.ts';

export type Stage = 'database' | 'files' | 'proof' | 'checking' | 'restoring' | 'opening' | 'comparing' | 'removing';

/** How far a task is, and whether it may go on. */
export class Control {
  readonly signal: AbortSignal;
  readonly #task: BackupActivity['task'];
  readonly #mayRun: () => boolean;
  readonly #changed: () => void;
  #stage: Stage = 'checking';
  #done = 0;
  #total = 0;
  #paused = false;
  /** [at, done] of the last seconds. */
  #samples: [number, number][] = [];

  /** `mayRun` false pauses at the next file. */
  constructor(
    task: BackupActivity['task'],
    signal: AbortSignal,
    changed: () => void = () => undefined,
    mayRun: () => boolean = () => true,
  ) {
    this.#task = task;
    this.signal = signal;
    this.#changed = changed;
    this.#mayRun = mayRun;
  }

  enter(stage: Stage, totalBytes: number): void {
    this.#stage = stage;
    this.#done = 0;
    this.#total = totalBytes;
    this.#samples = [];
    this.#changed();
  }

  advance(bytes: number): void {
    this.#done += bytes;
    const now = performance.now();
    const last = this.#samples.at(-1);
    if (last && now - last[0] < 100) return;
    this.#samples.push([now, this.#done]);
    while ((this.#samples[0]?.[0] ?? now) < now - 5_000) this.#samples.shift();
    this.#changed();
  }

  /** Between two files: throws where the task was cancelled, waits while it is paused. */
  async mayGoOn(): Promise<void> {
    this.signal.throwIfAborted();
    if (this.#mayRun()) return;
    this.#paused = true;
    this.#changed();
    try {
      while (!this.#mayRun()) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        this.signal.throwIfAborted();
      }
    } finally {
      this.#paused = false;
      this.#samples = [];
      this.#changed();
    }
  }

  get activity(): BackupActivity {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    const seconds = first && last ? (last[0] - first[0]) / 1000 : 0;
    const rate = first && last && seconds >= 0.5 ? (last[1] - first[1]) / seconds : null;
    return {
      task: this.#task,
      stage: this.#stage,
      doneBytes: Math.min(this.#done, this.#total),
      totalBytes: this.#total,
      bytesPerSecond: rate,
      secondsLeft: rate ? Math.max(0, this.#total - this.#done) / rate : null,
      paused: this.#paused ? 'battery' : null,
    };
  }
}
