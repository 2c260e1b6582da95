import { AppError } from '../errors.ts';
import type { Child, StartChild } from './child.ts';
import type { ChildName, FromChild, ProcessState, ToChild } from './messages.ts';

export type SupervisorTimings = {
  /** Longest time from start to `ready`, ms. */
  readonly readyTimeout: number;
  readonly heartbeatInterval: number;
  /** A child that answers none of the pings of this long is killed and restarted, ms. */
  readonly heartbeatTimeout: number;
  /** First restart delay; doubles with each crash in a row up to the largest. */
  readonly firstBackOff: number;
  readonly largestBackOff: number;
  /** A child that lived this long starts its back-off anew. */
  readonly stableAfter: number;
  /** Time for an orderly stop before the child is killed. */
  readonly stopTimeout: number;
};

export const defaultTimings: SupervisorTimings = {
  readyTimeout: 15_000,
  heartbeatInterval: 2_000,
  heartbeatTimeout: 20_000,
  firstBackOff: 50,
  largestBackOff: 5_000,
  stableAfter: 10_000,
  stopTimeout: 5_000,
};

export type SupervisedOptions = {
  readonly name: ChildName;
  readonly start: StartChild;
  readonly timings?: Partial<SupervisorTimings>;
  onMessage(message: FromChild): void;
  onReady(): void;
  /** The process is gone; a restart follows unless it was stopped. */
  onDown(reason: string): void;
  onState(state: ProcessState): void;
};

/**
 * Keeps one process running: start, wait for `ready`, heartbeat, restart with back-off after a crash.
 * An exit that was asked for (`stop`, `recycle`) is not a crash.
 */
export class Supervised {
  readonly name: ChildName;
  readonly #options: SupervisedOptions;
  readonly #timings: SupervisorTimings;
  #child: Child | null = null;
  #state: ProcessState['state'] = 'stopped';
  #restarts = 0;
  #crashesInARow = 0;
  #lastExit: string | null = null;
  #intent: 'run' | 'recycle' | 'stop' = 'stop';
  #startedAt = 0;
  /** Pings sent since the child was last heard. Counted, not timed: a machine that slept has missed none. */
  #unanswered = 0;
  #timer: NodeJS.Timeout | null = null;
  #readyWaiters: { resolve(): void; reject(error: Error): void }[] = [];
  #exitWaiters: (() => void)[] = [];

  constructor(options: SupervisedOptions) {
    this.name = options.name;
    this.#options = options;
    this.#timings = { ...defaultTimings, ...options.timings };
  }

  get state(): ProcessState {
    return { name: this.name, state: this.#state, pid: this.#child?.pid ?? null, restarts: this.#restarts, lastExit: this.#lastExit };
  }

  /** Starts the process; resolves when it is ready. */
  start(): Promise<void> {
    this.#intent = 'run';
    if (!this.#child) this.#spawn();
    return this.ready();
  }

  /** Resolves when the process is ready, also across restarts; rejects when it is stopped. */
  ready(): Promise<void> {
    if (this.#state === 'ready') return Promise.resolve();
    return new Promise((resolve, reject) => this.#readyWaiters.push({ resolve, reject }));
  }

  /** Sends a message; false if the process is not there to take it. */
  post(message: ToChild, transfer?: readonly unknown[]): boolean {
    if (!this.#child) return false;
    this.#child.post(message, transfer);
    return true;
  }

  /** Ends the process in an orderly way and starts a fresh one; not counted as a crash. */
  recycle(): void {
    if (!this.#child || this.#intent === 'stop') return;
    this.#intent = 'recycle';
    this.#setState('restarting');
    this.#endOrderly();
  }

  /** Ends the process in an orderly way (killed after the time-out) and keeps it ended. */
  async stop(): Promise<void> {
    this.#intent = 'stop';
    if (!this.#child) return this.#afterStop();
    const exited = new Promise<void>((resolve) => this.#exitWaiters.push(resolve));
    this.#endOrderly();
    await exited;
  }

  #endOrderly(): void {
    const child = this.#child;
    if (!child) return;
    this.#clearTimer();
    child.post({ type: 'stop' });
    this.#timer = setTimeout(() => child.kill(), this.#timings.stopTimeout);
  }

  #spawn(): void {
    this.#clearTimer();
    this.#startedAt = performance.now();
    this.#unanswered = 0;
    this.#setState(this.#restarts > 0 ? 'restarting' : 'starting');
    const child = this.#options.start(this.name);
    this.#child = child;
    child.onMessage((message) => this.#receive(child, message));
    child.onExit((reason) => this.#exited(child, reason));
    this.#timer = setTimeout(() => child.kill(), this.#timings.readyTimeout);
    this.#notify();
  }

  #receive(child: Child, message: FromChild): void {
    if (child !== this.#child) return;
    this.#unanswered = 0;
    if (message.type === 'pong') return;
    if (message.type === 'busy') {
      this.#unanswered = -Math.ceil(message.ms / this.#timings.heartbeatInterval);
      return;
    }
    if (message.type !== 'ready') return this.#options.onMessage(message);
    if (this.#intent !== 'run') return;
    this.#clearTimer();
    this.#setState('ready');
    this.#beat(child);
    this.#options.onReady();
    for (const waiter of this.#readyWaiters.splice(0)) waiter.resolve();
  }

  #beat(child: Child): void {
    this.#timer = setTimeout(() => {
      if (child !== this.#child) return;
      if (this.#unanswered * this.#timings.heartbeatInterval >= this.#timings.heartbeatTimeout) return child.kill();
      this.#unanswered += 1;
      child.post({ type: 'ping' });
      this.#beat(child);
    }, this.#timings.heartbeatInterval);
    this.#timer.unref();
  }

  #exited(child: Child, reason: string): void {
    if (child !== this.#child) return;
    this.#child = null;
    this.#clearTimer();
    this.#options.onDown(this.#intent === 'run' ? reason : `stopped (${reason})`);
    if (this.#intent === 'stop') return this.#afterStop();
    // A worker that ended itself in order (to give memory back) has not crashed either.
    const inOrder = this.#state === 'ready' && reason === 'code 0';
    if (this.#intent === 'recycle' || inOrder) {
      this.#intent = 'run';
      return this.#spawn();
    }
    this.#lastExit = reason;
    this.#restarts += 1;
    this.#crashesInARow = performance.now() - this.#startedAt > this.#timings.stableAfter ? 0 : this.#crashesInARow + 1;
    const delay = Math.min(this.#timings.firstBackOff * 2 ** this.#crashesInARow, this.#timings.largestBackOff);
    this.#setState('restarting');
    this.#timer = setTimeout(() => this.#spawn(), delay);
  }

  #afterStop(): void {
    this.#clearTimer();
    this.#setState('stopped');
    for (const waiter of this.#readyWaiters.splice(0))
      waiter.reject(new AppError('process/stopped', `The ${this.name} process was stopped.`));
    for (const resolve of this.#exitWaiters.splice(0)) resolve();
  }

  #setState(state: ProcessState['state']): void {
    this.#state = state;
    this.#notify();
  }

  #notify(): void {
    this.#options.onState(this.state);
  }

  #clearTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
