import type { SessionEntry } from './sessions.ts';

export type IdleLockDeps = {
  readonly sessions: { list(): readonly Pick<SessionEntry, 'id' | 'personId'>[]; idleFor(id: string): number };
  readonly rules: () => { readonly idleMinutes: number; readonly lockWhileRunning: boolean };
  /** Is a run, an import or a rotation in progress? */
  readonly isWorking: () => boolean;
  readonly endSession: (session: Pick<SessionEntry, 'id' | 'personId'>) => void;
  readonly lock: (reason: LockReason) => void;
  readonly clock?: IdleClock;
};

/** `idle`: nobody is signed in any more. `pause`: the machine slept. */
export type LockReason = 'idle' | 'pause';

export type IdleClock = {
  /** Milliseconds since the epoch; goes on while the machine sleeps. */
  wall(): number;
  /** Milliseconds; nobody can set it, and it stands still while the machine sleeps (not on every system). */
  steady(): number;
  every(ms: number, tick: () => void): () => void;
};

const systemClock: IdleClock = {
  wall: () => Date.now(),
  steady: () => performance.now(),
  every: (ms, tick) => {
    const timer = setInterval(tick, ms).unref();
    return () => clearInterval(timer);
  },
};

const tickMs = 5_000;
/** So long an open vault waits for somebody to sign in: a directory server may be slow, and one person may follow another. */
const graceMs = 60_000;
/** By so much more on the wall clock than on the steady one, the machine was not awake. */
const pauseMs = 60_000;

/**
 * Ends sessions in which nobody has done anything for as long as the policy allows, and locks the vault once none is
 * left (a minute after somebody signed out, so that the next one need not unlock it again). Work in progress is finished first unless the policy says otherwise; it needs nobody who is signed in. After a
 * sleep of the machine that no host has told of, it locks at once.
 */
export class IdleLock {
  readonly #deps: IdleLockDeps;
  readonly #clock: IdleClock;
  #stop: (() => void) | null = null;
  #last = { wall: 0, steady: 0 };
  /** On the steady clock: until then nobody need be signed in. */
  #waitUntil = 0;
  #present = false;

  constructor(deps: IdleLockDeps) {
    this.#deps = deps;
    this.#clock = deps.clock ?? systemClock;
  }

  start(): void {
    this.#last = this.#now();
    this.#waitUntil = this.#last.steady + graceMs;
    this.#stop = this.#clock.every(tickMs, () => this.#tick());
  }

  close(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #tick(): void {
    const { sessions, rules, isWorking, endSession } = this.#deps;
    const { idleMinutes, lockWhileRunning } = rules();
    if (this.#slept()) return this.#lock('pause');
    const idle = sessions.list().filter(({ id }) => sessions.idleFor(id) >= idleMinutes * 60_000);
    for (const session of idle) endSession(session);
    const present = sessions.list().length > 0;
    if (idle.length > 0) this.#waitUntil = 0;
    else if (this.#present && !present) this.#waitUntil = this.#last.steady + graceMs;
    this.#present = present;
    if (!present && this.#last.steady >= this.#waitUntil && (lockWhileRunning || !isWorking())) this.#lock('idle');
  }

  /** A clock that somebody set forward by more than a minute looks the same; the vault is then locked once too often. */
  #slept(): boolean {
    const [before, now] = [this.#last, this.#now()];
    this.#last = now;
    return now.wall - before.wall > now.steady - before.steady + pauseMs;
  }

  #lock(reason: LockReason): void {
    this.close();
    this.#deps.lock(reason);
  }

  #now(): { wall: number; steady: number } {
    return { wall: this.#clock.wall(), steady: this.#clock.steady() };
  }
}
