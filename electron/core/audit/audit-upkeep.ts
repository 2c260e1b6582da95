import { setTimeout as pause } from 'node:timers/promises';
import type { AuditState, AuditVerification } from '../contract/audit.ts';
import { isAbort } from '../errors.ts';
import type { Log } from '../log.ts';
import type { AuditMark } from '../vault/anchor.ts';
import type { SystemActs } from './act.ts';
import type { AuditLog } from './audit-log.ts';
import type { Pruner } from './pruning/pruner.ts';

export type AuditUpkeepDeps = {
  readonly audit: AuditLog;
  readonly pruner: Pruner;
  /** The head kept outside the database. */
  readonly mark: () => AuditMark | null;
  /** What else the log tells of and is not so any more. */
  readonly beside?: () => AuditVerification['problems'];
  readonly systemAct: SystemActs;
  readonly log: Log;
};

/** The first look comes when everybody else has begun; the time is noted every hour, and all is checked once a day, ms. */
const firstMs = 10_000;
const hourMs = 3_600_000;
const hoursPerDay = 24;

/** What the log of an open vault needs done in the background: verification, pruning, and a seal at the end. */
export class AuditUpkeep {
  readonly #deps: AuditUpkeepDeps;
  readonly #closing = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #running: Promise<AuditVerification> | null = null;
  #next: Promise<AuditVerification> | null = null;
  #last: AuditState['verification']['last'] = null;
  /** The problems that a leaf tells of. */
  #told = '';

  constructor(deps: AuditUpkeepDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#work = this.#follow().catch((error: unknown) => {
      if (!isAbort(error)) this.#deps.log.bug('audit.upkeep', error);
    });
  }

  /** Checks the log as it is now. While one check runs, all who ask meanwhile share the one after it. */
  verify(): Promise<AuditVerification> {
    if (!this.#running) return this.#verify();
    this.#next ??= this.#running.then(
      () => this.#verify(),
      () => this.#verify(),
    );
    return this.#next;
  }

  get verification(): AuditState['verification'] {
    return { running: this.#running !== null, last: this.#last };
  }

  /** Stops, and ends the epoch with a seal; a disk that is full keeps no vault open. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#work;
    await (this.#next ?? this.#running)?.catch(() => undefined);
    try {
      this.#deps.pruner.observe();
      this.#deps.audit.seal();
    } catch (error) {
      this.#deps.log.bug('audit.seal', error);
    }
  }

  #verify(): Promise<AuditVerification> {
    this.#next = null;
    const { audit, mark } = this.#deps;
    const running = audit
      .verify(mark(), this.#closing.signal)
      .then((found) => {
        const problems = [...found.problems, ...(this.#deps.beside?.() ?? [])];
        return { ...found, ok: problems.length === 0, problems };
      })
      .then((result) => {
        const { ok, size, problems, durationMs } = result;
        this.#last = { at: Date.now(), ok, size, problems, durationMs };
        this.#tell(result);
        return result;
      })
      .finally(() => {
        if (this.#running === running) this.#running = null;
      });
    this.#running = running;
    return running;
  }

  async #follow(): Promise<void> {
    const { pruner, log } = this.#deps;
    const { signal } = this.#closing;
    await pause(firstMs, undefined, { signal, ref: false });
    for (let hour = 0; ; hour = (hour + 1) % hoursPerDay) {
      try {
        pruner.observe();
        if (hour === 0) {
          await this.verify();
          await pruner.run(signal, async () => void (await this.#running?.catch(() => undefined)));
        }
      } catch (error) {
        // A full disk, for one: it is tried again tomorrow.
        if (!isAbort(error)) log.bug('audit.upkeep', error);
      }
      await pause(hourMs, undefined, { signal, ref: false });
    }
  }

  /** Leaves a leaf where something is wrong that none tells of yet, whoever asked, if one can be left. */
  #tell({ size, problems }: AuditVerification): void {
    const found = problems.map(({ sequence, message }) => `${sequence} ${message}`).join('\n');
    if (found === '' || found === this.#told) return;
    const details = { entries: size, problems: problems.length, first: problems[0]?.message ?? '' };
    try {
      this.#deps.systemAct('audit.verify').commit({ subject: '', outcome: 'failed', details }, () => undefined);
      this.#told = found;
    } catch (error) {
      this.#deps.log.bug('audit.verify', error);
    }
  }
}
