/** How long a PIN is held after it was given, ms. */
const heldMs = 15 * 60 * 1000;

/** PINs of signing tokens, each for the person who gave it, in memory only. */
export class TokenPins {
  readonly #held = new Map<string, { readonly pin: Buffer; readonly until: number; readonly timer: NodeJS.Timeout }>();

  /** @returns milliseconds since the epoch until when it is held */
  hold(personId: string, pin: string): number {
    this.forget(personId);
    const until = Date.now() + heldMs;
    const timer = setTimeout(() => this.forget(personId), heldMs).unref();
    this.#held.set(personId, { pin: Buffer.from(pin), until, timer });
    return until;
  }

  /** Null: none, or no more. */
  of(personId: string | null): string | null {
    return this.#held.get(personId ?? '')?.pin.toString() ?? null;
  }

  until(personId: string | null): number | null {
    return this.#held.get(personId ?? '')?.until ?? null;
  }

  forget(personId: string): void {
    const held = this.#held.get(personId);
    if (!held) return;
    clearTimeout(held.timer);
    held.pin.fill(0);
    this.#held.delete(personId);
  }

  forgetAll(): void {
    for (const personId of this.#held.keys()) this.forget(personId);
  }
}
