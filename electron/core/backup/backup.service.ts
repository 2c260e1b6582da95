import type { Act, LeafRecord, SystemActs } from '../audit/act.ts';
import type { BackupActivity, BackupSettings, BackupState, DrillResult, Snapshot } from '../contract/backup.ts';
import { AppError, isAbort, toErrorShape } from '../errors.ts';
import { Topic } from '../ipc/topic.ts';
import { isOutOfReach, nextAfterFailure, nextRun } from './backup-schedule.ts';
import { BackupTasks, type TasksDeps } from './backup-tasks.ts';
import type { BackupSet } from './backup-set.ts';
import { Control } from './control.ts';
import { checkDestination } from './destination.ts';
import type { Power } from './power.ts';

export type BackupDeps = TasksDeps & {
  readonly systemAct: SystemActs;
  readonly power: Power;
  readonly pace?: { readonly graceMs: number; readonly tickMs: number };
};

/** After an unlock the person comes first: a missed backup waits so long. */
const defaultPace = { graceMs: 60_000, tickMs: 30_000 };
const watchIntervalMs = 100;

/** Backups of the open vault: settings, schedule, and one task at a time in the background. */
export class BackupService {
  readonly #deps: BackupDeps;
  readonly #tasks: BackupTasks;
  readonly #pace: NonNullable<BackupDeps['pace']>;
  readonly #changed = new Topic<void>(1);
  readonly #ended = new AbortController();
  #control: Control | null = null;
  #failure: BackupState['failure'] = null;
  #cancel: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(deps: BackupDeps) {
    this.#deps = deps;
    this.#tasks = new BackupTasks(deps);
    this.#pace = deps.pace ?? defaultPace;
  }

  /** Notes what a crash interrupted, and begins to look at the clock. A missed backup runs after a minute. */
  start(): void {
    const interrupted = new AppError(
      'backup/interrupted',
      'The backup was interrupted. What was copied is kept; the next one goes on from there.',
    );
    this.#deps.repository.endInterrupted(toErrorShape(interrupted));
    this.#tasks.tidy();
    this.#timer = setTimeout(() => this.#tick(), this.#pace.graceMs).unref();
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#ended.abort();
    this.#cancel?.abort();
    await this.#running;
  }

  get activity(): BackupActivity | null {
    return this.#control?.activity ?? null;
  }

  state(): BackupState {
    const { repository } = this.#deps;
    const settings = repository.settings();
    return {
      settings,
      nextAt: settings.folder === null ? null : repository.nextAt,
      activity: this.activity,
      last: repository.last(),
      failure: this.#failure,
      lastDrill: repository.drills(1)[0] ?? null,
    };
  }

  /** The state now and after every change, at most ten times a second. */
  async *watch(signal?: AbortSignal): AsyncGenerator<BackupState> {
    const ends = signal ? AbortSignal.any([signal, this.#ended.signal]) : this.#ended.signal;
    const changes = this.#changed.subscribe(ends);
    yield this.state();
    for await (const _ of changes) {
      yield this.state();
      await new Promise((resolve) => setTimeout(resolve, watchIntervalMs));
    }
  }

  /** @throws AppError `backup/destination-missing`, `backup/inside-vault`, `backup/destination-read-only` */
  setSettings(act: Act, settings: BackupSettings): BackupState {
    if (settings.folder !== null) checkDestination(settings.folder, this.#deps.vaultFolder);
    const nextAt = settings.folder === null ? null : nextRun(settings, Date.now());
    const { schedule, atMinute, includeModels, pauseOnBattery, keep } = settings;
    act.commit({ subject: '', details: { schedule, atMinute, includeModels, pauseOnBattery, keep: { ...keep } } }, () =>
      this.#deps.repository.saveSettings(settings, nextAt),
    );
    this.#changed.publish();
    return this.state();
  }

  /** @throws AppError `backup/destination-missing` */
  snapshots(folder: string | null): Snapshot[] {
    if (folder === null && this.#deps.repository.settings().folder === null) return [];
    return this.#tasks.snapshots(this.#tasks.set(folder));
  }

  drills(): DrillResult[] {
    return this.#deps.repository.drills(100);
  }

  /** Begins a backup into `folder`, or the one of the settings. */
  run(act: Act, { folder = null, full = false }: { folder?: string | null; full?: boolean } = {}): BackupState {
    const set = this.#set(folder);
    this.#begin('backup', act, set, (control) => this.#backup(set, folder ?? this.#folder(), full, false, control));
    return this.state();
  }

  verify(act: Act, snapshot: string, folder: string | null = null): BackupState {
    const set = this.#set(folder);
    set.manifestText(snapshot);
    this.#begin('verify', act, set, async (control) => {
      const findings = await this.#tasks.verify(set, snapshot, control);
      this.#record('backup.verify-complete', snapshot, findings.length === 0, { problems: findings.length });
    });
    return this.state();
  }

  drill(act: Act, snapshot: string | null, folder: string | null = null): BackupState {
    const set = this.#set(folder);
    this.#begin('drill', act, set, async (control) => {
      const { ok, snapshotId, problems, recoveryMs, rows, blobs } = await this.#tasks.drill(set, snapshot, control);
      this.#record('backup.drill-complete', snapshotId, ok, { problems, recoveryMs, rows, blobs });
    });
    return this.state();
  }

  cancel(act: Act): BackupState {
    act.commit({ subject: '', details: { task: this.activity?.task ?? null } }, () => undefined);
    this.#cancel?.abort();
    return this.state();
  }

  #folder(): string {
    return this.#deps.repository.settings().folder ?? '';
  }

  #set(folder: string | null): BackupSet {
    if (this.#control) throw new AppError('backup/busy', 'A backup, check or drill is under way. Wait for it, or cancel it first.');
    return this.#tasks.set(folder);
  }

  /** Leaves the leaf of what somebody asked for, and does it in the background. */
  #begin(
    task: BackupActivity['task'],
    act: Act | null,
    set: BackupSet,
    work: (control: Control) => Promise<void>,
    scheduled = false,
  ): void {
    act?.commit({ subject: set.vaultId, details: { task } }, () => undefined);
    const cancel = new AbortController();
    const mayRun = () => !(scheduled && this.#deps.repository.settings().pauseOnBattery && this.#deps.power.onBattery);
    const control = new Control(task, cancel.signal, () => this.#changed.publish(), mayRun);
    this.#cancel = cancel;
    this.#control = control;
    this.#failure = null;
    this.#running = work(control)
      .catch((error: unknown) => this.#noteFailure(task, error))
      .finally(() => {
        this.#control = null;
        this.#cancel = null;
        this.#changed.publish();
      });
  }

  /** A check or drill without a result; of a backup, what was no error of ours. */
  #noteFailure(task: BackupActivity['task'], error: unknown): void {
    if (this.#ended.signal.aborted) return;
    if (!isAbort(error) && !(error instanceof AppError)) this.#deps.log.bug(`backup.${task}`, error);
    if (task === 'backup') return;
    this.#failure = { task, error: toErrorShape(error) };
    this.#record(`backup.${task}-complete`, '', false, { code: toErrorShape(error).code });
  }

  async #backup(set: BackupSet, folder: string, full: boolean, scheduled: boolean, control: Control): Promise<void> {
    const { repository } = this.#deps;
    const run = repository.beginRun(folder);
    try {
      const { header, pruned } = await this.#tasks.backup(set, folder, full, scheduled, control);
      const { snapshot, kind, bytes, addedBytes, durationMs } = header;
      repository.endRun(run, snapshot, null);
      this.#record('backup.complete', snapshot, true, { kind, bytes, addedBytes, durationMs, scheduled });
      if (pruned && pruned.snapshots.length > 0)
        this.#record('backup.prune', snapshot, true, { snapshots: [...pruned.snapshots], files: pruned.files });
      this.#plan((settings, now) => nextRun(settings, now));
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      const shape = toErrorShape(error);
      repository.endRun(run, null, shape);
      this.#record('backup.complete', '', false, { code: shape.code, scheduled });
      this.#plan(isAbort(error) ? nextRun : nextAfterFailure);
      if (!(error instanceof AppError)) throw error;
    }
  }

  #record(action: string, subject: string, ok: boolean, details: NonNullable<LeafRecord['details']>): void {
    this.#deps.systemAct(action).commit({ subject, outcome: ok ? 'done' : 'failed', details }, () => undefined);
  }

  #plan(next: (settings: BackupSettings, now: number) => number | null): void {
    const { repository } = this.#deps;
    const settings = repository.settings();
    if (settings.folder !== null) repository.nextAt = next(settings, Date.now());
  }

  #tick(): void {
    this.#timer = setTimeout(() => this.#tick(), this.#pace.tickMs).unref();
    try {
      this.#runDue();
    } catch (error) {
      this.#deps.log.bug('backup.schedule', error);
    }
  }

  #runDue(): void {
    const { repository, power } = this.#deps;
    const settings = repository.settings();
    const { folder } = settings;
    const { nextAt } = repository;
    if (folder === null || nextAt === null || this.#control) return;
    const now = Date.now();
    if (isOutOfReach(nextAt, now)) return this.#plan(nextRun);
    if (now < nextAt || (settings.pauseOnBattery && power.onBattery)) return;
    let set: BackupSet;
    try {
      set = this.#tasks.set(null);
    } catch (error) {
      repository.endRun(repository.beginRun(folder), null, toErrorShape(error));
      this.#record('backup.complete', '', false, { code: toErrorShape(error).code, scheduled: true });
      this.#plan(nextAfterFailure);
      return this.#changed.publish();
    }
    this.#begin('backup', null, set, (control) => this.#backup(set, folder, false, true, control), true);
  }
}
