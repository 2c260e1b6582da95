import { checkAlerts } from '../alerts/check-alerts.ts';
import type { Log } from '../log.ts';
import { ClockWatch } from '../monitoring/clock-watch.ts';
import { ProcessWatch, recordedEnd } from '../monitoring/process-watch.ts';
import type { ProcessState } from '../supervision/messages.ts';
import type { OpenStorage } from '../vault/open-vault.ts';
import type { SystemActs } from './act.ts';
import type { AuditLog } from './audit-log.ts';
import { AuditUpkeep } from './audit-upkeep.ts';
import { Leaves } from './leaves.ts';
import type { ModelCalls } from './model-calls/model-calls.ts';
import { Pruner } from './pruning/pruner.ts';
import { IndexFollower } from './search/index-follower.ts';
import { SiemExport } from './siem/siem-export.ts';

type Deps = {
  readonly audit: AuditLog;
  readonly storage: OpenStorage;
  readonly modelCalls: ModelCalls;
  readonly systemAct: SystemActs;
  readonly log: Log;
  /** Of Redoubt. */
  readonly version: string;
  /** How long leaves are kept. */
  readonly days: () => number;
  readonly isHeld: (caseId: string) => boolean;
  readonly processes: () => readonly ProcessState[];
};

/** What goes on beside the log while the vault is open: its index, verification, pruning and export, and what it tells of the machine. */
export class LogKeeping {
  readonly pruner: Pruner;
  readonly upkeep: AuditUpkeep;
  readonly siem: SiemExport;
  readonly #audit: AuditLog;
  readonly #index: IndexFollower;
  readonly #processWatch: ProcessWatch;
  readonly #clock: ClockWatch;

  constructor({ audit, storage, modelCalls, systemAct, log, version, days, isHeld, processes }: Deps) {
    const { db, freshness } = storage;
    this.#audit = audit;
    this.#index = new IndexFollower(audit.search.index, log);
    this.pruner = new Pruner({
      db,
      log: audit,
      systemAct,
      days,
      isHeld,
      forget(leaves) {
        audit.terms.forget(leaves);
        audit.search.index.forget(leaves);
        modelCalls.forget(leaves);
      },
    });
    this.upkeep = new AuditUpkeep({
      audit,
      pruner: this.pruner,
      mark: () => freshness.mark(),
      beside: () => checkAlerts(db, new Leaves(db, audit.terms)),
      systemAct,
      log,
    });
    this.siem = new SiemExport({ db, systemAct, log, vaultFolder: storage.folder, source: { origin: audit.signer.origin, version } });
    this.#processWatch = new ProcessWatch({
      acts: systemAct,
      processes,
      newest: (name) => recordedEnd(audit.list({ action: 'system.process-ended', subject: name, limit: 1 }).entries[0]?.details ?? {}),
    });
    this.#clock = new ClockWatch(systemAct);
  }

  start(): void {
    this.#clock.start(this.#audit.newestAt());
    this.#processWatch.start();
    this.siem.start();
    this.#index.start();
    this.upkeep.start();
  }

  /** Stops what reads the log. `seal` follows once the other areas have left their last leaves. */
  async close(): Promise<void> {
    await this.siem.close();
    await this.#index.close();
    this.#clock.close();
    this.#processWatch.close();
  }

  /** Seals what was left until now. */
  seal(): Promise<void> {
    return this.upkeep.close();
  }
}
