import type { SystemActs } from '../audit/act.ts';

/** A clock that is set by hand jumps; one that a time service guides moves by less than this between two looks. */
const toleranceMs = 2_000;
/** At opening: how far behind the newest record the clock may be before that is recorded. */
const behindMs = 60_000;
const lookEveryMs = 1_000;

export type Clocks = { wall(): number; monotonic(): number };
const machine: Clocks = { wall: () => Date.now(), monotonic: () => performance.now() };

/**
 * Records steps of the machine's clock: while the vault is open by comparing it with a clock that nobody can set, and
 * at opening by comparing it with the newest audit record. Sleep of the machine shows as a step ahead.
 */
export class ClockWatch {
  readonly #acts: SystemActs;
  readonly #clocks: Clocks;
  #wall: number;
  #monotonic: number;
  #timer: NodeJS.Timeout | null = null;

  constructor(acts: SystemActs, clocks: Clocks = machine) {
    this.#acts = acts;
    this.#clocks = clocks;
    this.#wall = clocks.wall();
    this.#monotonic = clocks.monotonic();
  }

  /** `newestRecordAt`: milliseconds since the epoch of the newest audit record, or null where there is none. */
  start(newestRecordAt: number | null): void {
    const wall = this.#clocks.wall();
    if (newestRecordAt !== null && wall < newestRecordAt - behindMs) this.#record(newestRecordAt, wall, 'opening');
    this.#timer = setInterval(() => this.look(), lookEveryMs);
    this.#timer.unref();
  }

  look(): void {
    const wall = this.#clocks.wall();
    const monotonic = this.#clocks.monotonic();
    const expected = this.#wall + (monotonic - this.#monotonic);
    this.#wall = wall;
    this.#monotonic = monotonic;
    if (Math.abs(wall - expected) > toleranceMs) this.#record(Math.round(expected), wall, 'open');
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  #record(expected: number, found: number, noticed: 'opening' | 'open'): void {
    this.#acts('system.clock-step').commit({ subject: '', details: { expected, found, byMs: found - expected, noticed } }, () => undefined);
  }
}
