import type { SystemActs } from '../audit/act.ts';
import type { Log } from '../log.ts';
import { DatabaseCheck, type CheckState } from './check/database-check.ts';
import type { OpenStorage } from './open-vault.ts';
import { subKey } from './sub-keys.ts';
import { emptyWhatWaits } from './write-ahead-log.ts';

export type UpkeepDeps = {
  readonly storage: OpenStorage;
  readonly systemAct: SystemActs;
  readonly log: Log;
  /** Nothing answers for up to so long, ms. */
  readonly busy: (ms: number) => void;
};

/** The ballast is looked after this often, ms; at first a little after opening, when everybody else has begun. */
const ballastMs = 30_000;
const firstBallastMs = 3_000;
/** A table is checked only after nobody changed anything for so long, ms. */
const quietMs = 10_000;
/** What a slow machine takes to check the structure of the whole database, ms per byte. */
const checkMsPerByte = 60_000 / 1024 ** 3;

/** What the storage of an open vault needs done in the background. */
export class Upkeep {
  readonly #deps: UpkeepDeps;
  readonly #check: DatabaseCheck;
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #counting: Promise<void> = Promise.resolve();
  #filling: Promise<void> = Promise.resolve();

  constructor(deps: UpkeepDeps) {
    this.#deps = deps;
    const { storage, systemAct, log } = deps;
    this.#check = new DatabaseCheck({
      db: storage.db,
      file: storage.db.name,
      databaseKey: () => subKey(storage.ring.keys.get(storage.databaseEpoch) ?? Buffer.alloc(0), storage.vaultId, 'database'),
      isQuiet: () => storage.space.quietMs > quietMs,
      onTable: () => deps.busy(storage.space.state().databaseBytes * checkMsPerByte),
      onDone: ({ ok, ...found }) =>
        systemAct('vault.check').commit(
          { subject: storage.vaultId, outcome: ok ? 'done' : 'failed', details: { ...found, badTables: [...found.badTables] } },
          () => undefined,
        ),
      onError: (error) => log.bug('vault.check', error),
    });
  }

  /** The check that an unclean stop made due. */
  get check(): CheckState {
    return this.#check.state;
  }

  start(): void {
    const { storage, log } = this.#deps;
    if (!storage.blobs.isUsageExact)
      this.#counting = storage.blobs.recount(this.#closing.signal).catch((error: unknown) => log.bug('vault.recount', error));
    this.#check.start();
    this.#fillIn(firstBallastMs);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    if (this.#timer) clearTimeout(this.#timer);
    this.#check.stop();
    await Promise.all([this.#counting, this.#filling]);
  }

  #fillIn(ms: number): void {
    const { storage, log } = this.#deps;
    const { signal } = this.#closing;
    this.#timer = setTimeout(() => {
      emptyWhatWaits(storage.db);
      this.#filling = storage.space.refill(signal).catch((error: unknown) => log.bug('vault.ballast', error));
      this.#fillIn(ballastMs);
    }, ms);
    this.#timer.unref();
  }
}
