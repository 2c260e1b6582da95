/** Core is told of activity at most this often, ms. */
export const reportEveryMs = 20_000;
/** So long before the end a person is warned, ms. */
export const warnForMs = 30_000;

export type IdleState =
  | { readonly kind: 'active' }
  | { readonly kind: 'warning'; readonly secondsLeft: number }
  | { readonly kind: 'over' };

/** Counts down to the end of a session in which nobody does anything. Times are milliseconds since the epoch. */
export class IdleCountdown {
  readonly #idleMs: number;
  #reportedAt: number;
  #endsAt: number;
  #touched = false;

  /** Core counts from the sign-in, or from the last report of a page before a reload: from `now` at the latest. */
  constructor(idleMinutes: number, now: number) {
    this.#idleMs = idleMinutes * 60_000;
    this.#reportedAt = now;
    this.#endsAt = now + this.#idleMs;
  }

  /** A person moved, clicked or typed. */
  touch(): void {
    this.#touched = true;
  }

  /** True when core is to be told now; the page then counts from now as core does. */
  takeReport(now: number): boolean {
    const due = this.state(now).kind !== 'active' || now - this.#reportedAt >= reportEveryMs;
    if (!this.#touched || !due || this.state(now).kind === 'over') return false;
    this.#touched = false;
    this.#reportedAt = now;
    this.#endsAt = now + this.#idleMs;
    return true;
  }

  /** Core's own word on when the session ends; the policy may have changed meanwhile. */
  endsAt(at: number): void {
    this.#endsAt = at;
  }

  state(now: number): IdleState {
    const left = this.#endsAt - now;
    if (left <= 0) return { kind: 'over' };
    return left <= warnForMs ? { kind: 'warning', secondsLeft: Math.ceil(left / 1_000) } : { kind: 'active' };
  }
}
