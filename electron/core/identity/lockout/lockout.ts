import { uptime } from 'node:os';
import type { Policies } from '../../contract/policies.ts';
import { AppError } from '../../errors.ts';
import { personalPolicies } from '../../policies/default-policies.ts';
import { slotPerson } from '../../vault/key-slots.ts';
import { readAttempts, writeAttempts, type AttemptEntry, type AttemptsContent } from './attempts-file.ts';

/** Failed tries of one name that no audit leaf tells of yet. */
export type UnrecordedTries = {
  readonly name: string;
  readonly tries: number;
  readonly since: number;
  readonly lastAt: number;
  readonly lockedOut: boolean;
};

/** Clocks, so that a test can turn them. `uptime` in seconds since the machine started. */
export type LockoutClock = { now(): number; uptime(): number };

/** Names that can be remembered; who tries more of them pushes out the oldest that are nobody's. */
const mostNames = 1000;

/**
 * Keeps a name out after too many wrong passwords. It holds while the vault is closed and over restarts, and counts
 * names that do not exist like those that do. A try is noted before it is made, so that ending the process saves none.
 */
export class Lockout {
  readonly #file: string;
  readonly #vaultId: () => string | null;
  readonly #isKnown: (name: string) => boolean;
  readonly #clock: LockoutClock;
  #knownId: string | null = null;
  #content: AttemptsContent | null = null;
  /** The file could not be written, so what is in memory counts. */
  #unsaved = false;

  /** `isKnown` says whether a hashed name has a key slot. */
  constructor(
    file: string,
    vaultId: () => string | null,
    isKnown: (name: string) => boolean,
    clock: LockoutClock = { now: Date.now, uptime },
  ) {
    this.#file = file;
    this.#vaultId = vaultId;
    this.#isKnown = isKnown;
    this.#clock = clock;
  }

  /**
   * Makes one try under a name. Only what `isWrong` says of an error counts as a failed one.
   * @throws AppError `identity/locked-out` (details.until) without a try, and what `work` throws
   */
  async attempt<T>(userName: string, isWrong: (error: unknown) => boolean, work: () => Promise<T>): Promise<T> {
    const name = this.#nameOf(userName);
    if (name === null) return work();
    this.#refresh();
    const until = this.#until(name);
    if (until !== null)
      throw new AppError(
        'identity/locked-out',
        'Too many wrong passwords were given for this name. Wait until the time is over, or ask an administrator to lift it.',
        { until },
      );
    const before = this.#entry(name);
    this.#fail(name, before);
    try {
      const result = await work();
      const { unrecorded, unrecordedSince, lastAt } = before;
      this.#put(name, unrecorded > 0 ? { failures: 0, lastAt, unrecorded, unrecordedSince, locked: null } : null);
      return result;
    } catch (error) {
      if (!isWrong(error)) this.#takeBack(name);
      throw error;
    }
  }

  /** Milliseconds since the epoch, or null. */
  lockedUntil(userName: string): number | null {
    const name = this.#nameOf(userName);
    return name === null ? null : this.#until(name);
  }

  lift(userName: string): void {
    this.#refresh();
    const name = this.#nameOf(userName);
    const entry = name === null ? null : this.#load().names[name];
    if (name !== null && entry) this.#put(name, entry.unrecorded > 0 ? { ...entry, failures: 0, locked: null } : null);
  }

  /** What the policy says from now on; the copy beside the vault serves while it is closed. */
  setRules(rules: Policies['lockout']): void {
    const content = this.#load();
    if (content.rules.attempts === rules.attempts && content.rules.minutes === rules.minutes) return;
    content.rules = rules;
    this.#save();
  }

  /** Hands over what the audit log does not know yet; call `noteRecorded` once it does. */
  unrecorded(): UnrecordedTries[] {
    return Object.entries(this.#load().names)
      .filter(([, each]) => each.unrecorded > 0)
      .map(([name, each]) => ({
        name,
        tries: each.unrecorded,
        since: each.unrecordedSince,
        lastAt: each.lastAt,
        lockedOut: each.locked !== null,
      }));
  }

  /** `recorded`: names as `unrecorded` gave them. */
  noteRecorded(recorded: readonly string[]): void {
    const { names } = this.#load();
    for (const name of recorded) {
      const each = names[name];
      if (!each) continue;
      if (each.failures === 0 && !each.locked) delete names[name];
      else names[name] = { ...each, unrecorded: 0 };
    }
    this.#save();
  }

  /** The hashed form under which `unrecorded` names people. */
  nameOf(userName: string): string | null {
    return this.#nameOf(userName);
  }

  #fail(name: string, before: AttemptEntry): void {
    const now = this.#clock.now();
    const failures = before.failures + 1;
    const locked = failures >= this.#load().rules.attempts ? { at: now, uptime: this.#clock.uptime() } : null;
    const unrecordedSince = before.unrecorded > 0 ? before.unrecordedSince : now;
    this.#put(name, { failures, lastAt: now, unrecorded: before.unrecorded + 1, unrecordedSince, locked });
  }

  /** One try less. Others may have been made since this one began, and count. */
  #takeBack(name: string): void {
    const { names, rules } = this.#load();
    const now = names[name];
    if (!now) return;
    const [failures, unrecorded] = [Math.max(0, now.failures - 1), Math.max(0, now.unrecorded - 1)];
    const locked = failures < rules.attempts ? null : now.locked;
    this.#put(name, failures + unrecorded > 0 ? { ...now, failures, unrecorded, locked } : null);
  }

  /**
   * The time has passed only when the machine has run for it since, whatever its clock was set to. After a restart
   * of the machine, which cannot be counted across, the clock decides too.
   */
  #until(name: string): number | null {
    const { names, rules } = this.#load();
    const locked = names[name]?.locked;
    if (!locked) return null;
    const seconds = rules.minutes * 60;
    const [now, running] = [this.#clock.now(), this.#clock.uptime()];
    const restarted = running < locked.uptime;
    const left = seconds - (restarted ? running : running - locked.uptime);
    const over = left <= 0 || (restarted && now >= locked.at + seconds * 1000);
    return over ? null : Math.round(now + left * 1000);
  }

  /** One whose lock-out is over starts anew. */
  #entry(name: string): AttemptEntry {
    const none = { failures: 0, lastAt: 0, unrecorded: 0, unrecordedSince: 0, locked: null };
    const found = this.#load().names[name] ?? none;
    return found.locked ? { ...found, failures: 0, locked: null } : found;
  }

  #put(name: string, entry: AttemptEntry | null): void {
    const { names } = this.#load();
    if (entry) names[name] = entry;
    else delete names[name];
    const all = Object.entries(names);
    if (all.length > mostNames) {
      // Asked of few: each answer reads the vault file.
      const oldestFirst = all.sort(([, x], [, y]) => x.lastAt - y.lastAt).map(([each]) => each);
      const oldest = oldestFirst.find((each) => !this.#isKnown(each)) ?? oldestFirst[0];
      if (oldest !== undefined) delete names[oldest];
    }
    this.#save();
  }

  #nameOf(userName: string): string | null {
    // Read once: a vault keeps its id, and this is asked at every call.
    const vaultId = (this.#knownId ??= this.#vaultId());
    return vaultId === null ? null : slotPerson(vaultId, userName);
  }

  #load(): AttemptsContent {
    const { attempts, minutes } = personalPolicies.lockout;
    return (this.#content ??= readAttempts(this.#file) ?? { format: 'redoubt-attempts/1', rules: { attempts, minutes }, names: {} });
  }

  /** Another Redoubt on the same folder may have counted too. */
  #refresh(): void {
    if (!this.#unsaved) this.#content = null;
  }

  /** A full disk or a read-only medium lets nobody in for free, but locks nobody out either: what is in memory counts. */
  #save(): void {
    if (!this.#content) return;
    try {
      writeAttempts(this.#file, this.#content);
      this.#unsaved = false;
    } catch {
      this.#unsaved = true;
    }
  }
}
