import os from 'node:os';
import { ReaderThread, type Recognize } from './reader-thread.ts';

/** Reader threads that are reused from file to file; one file each at a time. */
export class ThreadPool {
  readonly size: number;
  readonly #recognize: Recognize;
  readonly #heapMiB: number;
  readonly #idle: ReaderThread[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(options: { recognize: Recognize; heapMiB: number; size?: number }) {
    this.#recognize = options.recognize;
    this.#heapMiB = options.heapMiB;
    // One more than the cores, so that a file that waits for OCR does not keep the others waiting; pictures of pages are drawn beside.
    this.size = options.size ?? Math.min(8, os.availableParallelism() + 1);
  }

  /** Waits for a free thread, or gives up with `signal`'s reason. */
  async take(signal: AbortSignal): Promise<ReaderThread> {
    while (this.#busy >= this.size) {
      await new Promise<void>((resolve, reject) => {
        const go = () => (signal.removeEventListener('abort', give), resolve());
        const give = () => {
          this.#waiting.splice(this.#waiting.indexOf(go), 1);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', give, { once: true });
        this.#waiting.push(go);
      });
    }
    signal.throwIfAborted();
    this.#busy += 1;
    let thread = this.#idle.pop();
    while (thread?.ended) thread = this.#idle.pop();
    return thread ?? new ReaderThread(this.#recognize, this.#heapMiB);
  }

  /** Gives a thread back; one that is not `clean` (stopped in the middle of a file) is ended. */
  async give(thread: ReaderThread, clean: boolean): Promise<void> {
    thread.onActivity = () => undefined;
    if (!clean || thread.ended) await thread.stop();
    else this.#idle.push(thread);
    this.#busy -= 1;
    this.#waiting.shift()?.();
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((thread) => thread.stop()));
  }
}
