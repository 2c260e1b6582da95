import { AppError } from '../errors.ts';
import { callOver, type Caller, type CallOptions, type Protocol } from './calls.ts';
import type { Channel } from './channel.ts';

/** What services hold of a worker: calls that wait while the worker (re)starts. */
export type WorkerCaller<P extends Protocol> = Caller<P>;

/** The host says why a worker ended; where it says nothing so long after its channel closed, that is the reason, ms. */
const silenceMs = 2_000;

/**
 * Core's end of the line to a worker. While the worker is down calls wait for it, up to `patienceMs`;
 * calls it was working on when it went down are rejected with `process/unavailable`.
 */
export class WorkerLink<P extends Protocol> implements WorkerCaller<P> {
  readonly #name: string;
  readonly #patienceMs: number;
  #live: { caller: Caller<P>; close(reason: string): void } | null = null;
  #waiters = new Set<() => void>();
  #downListeners = new Set<(reason: string) => void>();

  constructor(name: string, patienceMs = 15_000) {
    this.#name = name;
    this.#patienceMs = patienceMs;
  }

  /** The worker is there, at the other end of `channel`. One that was there before is gone. */
  up(channel: Channel): void {
    if (this.#live) this.down('replaced');
    let close: (reason: string) => void = () => undefined;
    const caller = callOver<P>({ ...channel, onClose: (listener) => void (close = listener) });
    const live = { caller, close: (reason: string) => close(reason) };
    this.#live = live;
    channel.onClose((reason) => {
      setTimeout(() => this.#live === live && this.down(reason), silenceMs).unref();
    });
    const waiting = this.#waiters;
    this.#waiters = new Set();
    for (const wake of waiting) wake();
  }

  down(reason: string): void {
    const live = this.#live;
    this.#live = null;
    live?.close(reason);
    for (const listener of this.#downListeners) listener(reason);
  }

  /** Tells a service that the worker lost its state (loaded models, open files). */
  onDown(listener: (reason: string) => void): void {
    this.#downListeners.add(listener);
  }

  async call<M extends keyof P & string>(
    method: M,
    params: P[M]['params'],
    options: CallOptions<P[M]['event']> = {},
  ): Promise<P[M]['result']> {
    if (!this.#live) await this.#waitUntilUp(options.signal);
    if (!this.#live)
      throw new AppError('process/unavailable', `The ${this.#name} process is not running and did not come back in time. Try again.`, {
        process: this.#name,
      });
    return this.#live.caller.call(method, params, options);
  }

  #waitUntilUp(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        this.#waiters.delete(wake);
        signal?.removeEventListener('abort', abort);
        finish();
      };
      const wake = () => settle(resolve);
      const abort = () => settle(() => reject(new AppError('request/cancelled', 'The request was cancelled.')));
      const timer = setTimeout(wake, this.#patienceMs);
      this.#waiters.add(wake);
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
    });
  }
}
