import { setTimeout as pause } from 'node:timers/promises';
import type { AuditHold } from '../../contract/audit.ts';
import type { WritableDb } from '../../vault/database.ts';
import type { Act, SystemActs } from '../act.ts';
import { thisMachine, type MachineClock } from '../boot.ts';
import type { Hash } from '../merkle.ts';
import { parseLeaf } from '../leaf.ts';
import { pruneAction } from '../verify/check-prunes.ts';
import { Stubs } from '../verify/stubs.ts';
import { OldPrefix } from './old-prefix.ts';
import { ProvenTime } from './proven-time.ts';
import { PrunesRepository, type PrunableLeaf } from './prunes.repository.ts';

export type PrunerDeps = {
  readonly db: WritableDb;
  readonly log: { head(): { size: number }; rootAt(size: number): Hash };
  readonly systemAct: SystemActs;
  /** Days that the policy keeps leaves. */
  readonly days: () => number;
  readonly isHeld: (caseId: string) => boolean;
  /** Takes leaves out of what was derived from them, in the same transaction. */
  readonly forget: (leaves: readonly PrunableLeaf[]) => void;
  readonly machine?: MachineClock;
};

const dayMs = 86_400_000;
/** No policy keeps less (网络安全法: six months). */
const floorDays = 180;
/** Leaves that one entry tells of: a slice of some hundredths of a second. */
const perNote = 250;
const timesPerPage = 1_000;
const restMs = 10;

/**
 * Takes the text of leaves whose retention is over; sequence and hash stay, so that every root, proof and seal still
 * holds. Each slice is one transaction with the leaf that tells of it. Leaves of held cases stay, all of them while the
 * log itself is held, and those that tell of prunes for good.
 */
export class Pruner {
  readonly #deps: PrunerDeps;
  readonly #prunes: PrunesRepository;
  readonly #time: ProvenTime;

  constructor(deps: PrunerDeps) {
    this.#deps = deps;
    this.#prunes = new PrunesRepository(deps.db);
    this.#time = new ProvenTime(deps.db, deps.machine ?? thisMachine);
  }

  get state(): { count: number; before: number } {
    return this.#prunes.sums();
  }

  get hold(): AuditHold | null {
    return this.#prunes.hold();
  }

  setHold(act: Act, reason: string | null): void {
    const hold = reason === null ? null : { reason, since: Date.now(), by: act.actor.name };
    act.commit({ subject: '', details: { reason } }, () => this.#prunes.setHold(hold));
  }

  /** Takes note of the time; to be called every hour or so. */
  observe(now = Date.now()): void {
    this.#time.observe(now);
  }

  /**
   * Prunes what is due by a time that is proven (`ProvenTime`), slice by slice; `turn` is awaited before each one.
   * Resolves with how many leaves lost their text.
   */
  async run(signal: AbortSignal, turn: () => Promise<unknown> = () => Promise.resolve(), now = Date.now()): Promise<number> {
    const { proven } = this.#time;
    if (proven === null) return 0;
    const cutoff = proven - Math.max(floorDays, this.#deps.days()) * dayMs;
    const before = await this.#oldBefore(cutoff, signal);
    let count = 0;
    for (let next = 0; next < before;) {
      await turn();
      signal.throwIfAborted();
      if (this.hold) return count;
      const page = this.#prunes.leavesFrom(next, before, perNote);
      next = (page.at(-1)?.sequence ?? before) + 1;
      count += this.#take(
        page.filter((leaf) => this.#mayGo(leaf)),
        cutoff,
      );
      await pause(restMs, undefined, { signal });
    }
    this.#time.startOver(now);
    return count;
  }

  async #oldBefore(cutoff: number, signal: AbortSignal): Promise<number> {
    const prefix = new OldPrefix(cutoff);
    for (let next = 0; ;) {
      const page = this.#prunes.timesFrom(next, timesPerPage);
      if (page.length === 0 || !page.every((leaf) => prefix.add(leaf))) return prefix.end();
      next = (page.at(-1)?.sequence ?? 0) + 1;
      await pause(0, undefined, { signal });
    }
  }

  #mayGo({ canonical }: PrunableLeaf): boolean {
    const { action, caseId, subject } = parseLeaf(canonical);
    return action !== pruneAction && ![caseId, subject].some((id) => id !== null && this.#deps.isHeld(id));
  }

  #take(leaves: readonly PrunableLeaf[], until: number): number {
    const { log, systemAct, forget } = this.#deps;
    const [first, last] = [leaves[0], leaves.at(-1)];
    if (!first || !last) return 0;
    const note = log.head().size;
    const stubs = new Stubs();
    for (const { hash } of leaves) stubs.add(note, hash);
    const root = Buffer.from(log.rootAt(last.sequence + 1)).toString('hex');
    const details = { first: first.sequence, last: last.sequence, root, until, count: leaves.length, ...stubs.taken().get(note) };
    systemAct(pruneAction).commit({ subject: '', details }, () => {
      this.#prunes.take(note, leaves, until);
      forget(leaves);
    });
    return leaves.length;
  }
}
