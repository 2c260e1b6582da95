import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { segmentRoot, type Segment } from './hash-segment.ts';
import type { SegmentResult, SegmentTask } from './hash-thread.ts';

/** Hashes segments; `root` resolves with null for one that does not fit. */
export type Hasher = { root(segment: Segment): Promise<Uint8Array | null>; close(): void };

/** Hashes in this thread, a segment at a turn. */
export const inThisThread: Hasher = {
  async root(segment) {
    await setImmediate();
    return segmentRoot(segment);
  },
  close: () => undefined,
};

/** Hashes in threads of their own; where they cannot be had, in this one. */
export function inThreads(): Hasher {
  const script = threadScript();
  return script === null ? inThisThread : new Threads(script, Math.min(4, Math.max(1, availableParallelism())));
}

class Threads implements Hasher {
  readonly #workers: Worker[] = [];
  readonly #waiting = new Map<number, { segment: Segment; resolve: (root: Uint8Array | null) => void }>();
  #next = 0;

  constructor(script: string, count: number) {
    for (let each = 0; each < count; each += 1) {
      const worker = new Worker(script);
      worker.on('message', ({ id, root }: SegmentResult) => this.#answer(id, root));
      worker.on('error', () => this.#lost());
      this.#workers.push(worker);
    }
  }

  root(segment: Segment): Promise<Uint8Array | null> {
    const id = this.#next++;
    const worker = this.#workers[id % this.#workers.length];
    if (!worker) return inThisThread.root(segment);
    return new Promise((resolve) => {
      this.#waiting.set(id, { segment, resolve });
      worker.postMessage({ id, segment } satisfies SegmentTask);
    });
  }

  close(): void {
    for (const worker of this.#workers.splice(0)) void worker.terminate();
  }

  #answer(id: number, root: Uint8Array | null): void {
    const task = this.#waiting.get(id);
    this.#waiting.delete(id);
    task?.resolve(root);
  }

  /** What the threads had is hashed here: a thread that could not start says nothing about the log. */
  #lost(): void {
    this.close();
    for (const [id, { segment }] of this.#waiting) this.#answer(id, segmentRoot(segment));
  }
}

/** Beside this module in a checkout; once bundled, among the processes. */
function threadScript(): string | null {
  const file = fileURLToPath(import.meta.url);
  const [folder, name] = [path.dirname(file), `hash-thread${path.extname(file)}`];
  return [path.join(folder, name), path.join(folder, '..', 'processes', name)].find((each) => existsSync(each)) ?? null;
}
