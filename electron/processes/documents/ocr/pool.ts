import os from 'node:os';
import { AppError } from '../../../core/errors.ts';
import type { GrayImage } from '../image/gray.ts';
import { pageTimedOut } from '../errors.ts';
import { OcrEngine } from './engine.ts';
import type { OcrResult } from './layout.ts';

/** An idle engine is ended after this long: each holds about 150 MB. */
const idleTime = 60_000;

/** Engines for this machine: one a core up to four, and no more than one per 2 GiB of memory. */
export const defaultPoolSize = () => Math.max(1, Math.min(4, os.availableParallelism(), Math.floor(os.totalmem() / 2 ** 31)));

type Job = { image: GrayImage; signal: AbortSignal; resolve(result: OcrResult): void; reject(error: unknown): void };

/** A few OCR engines that are reused from page to page. A cancelled or stuck page ends its engine, nothing else. */
export class OcrPool {
  readonly size: number;
  readonly #pageTimeout: number;
  readonly #queue: Job[] = [];
  readonly #idle = new Map<OcrEngine, NodeJS.Timeout>();
  #busy = 0;

  constructor(options: { size?: number; pageTimeout: number }) {
    this.size = options.size ?? defaultPoolSize();
    this.#pageTimeout = options.pageTimeout;
  }

  /** Recognises one picture when an engine is free. Rejects with `request/cancelled` or `documents/page-…`. */
  recognize(image: GrayImage, signal: AbortSignal): Promise<OcrResult> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ image, signal, resolve, reject });
      void this.#work();
    });
  }

  async close(): Promise<void> {
    for (const job of this.#queue.splice(0)) job.reject(cancelled());
    const engines = [...this.#idle].map(([engine, timer]) => (clearTimeout(timer), engine.stop()));
    this.#idle.clear();
    await Promise.all(engines);
  }

  async #work(): Promise<void> {
    if (this.#busy >= this.size) return;
    const job = this.#queue.shift();
    if (!job) return;
    this.#busy += 1;
    try {
      job.resolve(await this.#run(job));
    } catch (error) {
      job.reject(error);
    } finally {
      this.#busy -= 1;
      void this.#work();
    }
  }

  async #run({ image, signal }: Job): Promise<OcrResult> {
    if (signal.aborted) throw cancelled();
    const engine = await this.#take();
    let stop: () => void = () => undefined;
    const interrupted = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => reject(pageTimedOut()), this.#pageTimeout);
      const onAbort = () => reject(cancelled());
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      stop = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
    });
    try {
      const result = await Promise.race([engine.recognize(image), interrupted]);
      this.#release(engine);
      return result;
    } catch (error) {
      await engine.stop();
      throw error;
    } finally {
      stop();
    }
  }

  async #take(): Promise<OcrEngine> {
    for (const [engine, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(engine);
      if (engine.alive) return engine;
    }
    return OcrEngine.start();
  }

  #release(engine: OcrEngine): void {
    const timer = setTimeout(() => {
      this.#idle.delete(engine);
      void engine.stop();
    }, idleTime);
    timer.unref();
    this.#idle.set(engine, timer);
  }
}

const cancelled = () => new AppError('request/cancelled', 'The request was cancelled.');
