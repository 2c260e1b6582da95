import { AppError, explained, toErrorShape } from '../errors.ts';
import { ItemRun, type ItemRunDeps } from './item-run.ts';
import { planRun, type RunPlan } from './run-plan.ts';

type Entry = {
  readonly runId: string;
  readonly caseId: string;
  readonly plan: RunPlan;
  readonly abort: AbortController;
  readonly tasks: Set<Promise<void>>;
  /** Why no further item may be begun: there is no room, say. */
  problem: { code: string; message: string } | null;
};

/** Works on the items of all unfinished runs, a bounded number at a time, taking turns between runs. */
export class RunExecutor {
  readonly #deps: ItemRunDeps;
  readonly #parallel: number;
  readonly #entries = new Map<string, Entry>();
  readonly #tasks = new Set<Promise<void>>();
  #closed = false;

  constructor(deps: ItemRunDeps, parallel: number) {
    this.#deps = deps;
    this.#parallel = parallel;
  }

  /** Takes a run up. One that cannot be planned fails with the reason. */
  add(runId: string): void {
    if (this.#closed || this.#entries.has(runId)) return;
    const flow = this.#deps.repository.flowOf(runId);
    const caseId = this.#deps.repository.summary(runId)?.caseId;
    if (!flow || caseId === undefined) return;
    try {
      this.#entries.set(runId, { runId, caseId, plan: planRun(flow), abort: new AbortController(), tasks: new Set(), problem: null });
    } catch (error) {
      const { code, message } = toErrorShape(error);
      this.#finish(runId, { code, message });
    }
    this.#pump();
  }

  /** Stops the work on a run; the caller has written its state. */
  drop(runId: string): void {
    const entry = this.#entries.get(runId);
    this.#entries.delete(runId);
    entry?.abort.abort();
  }

  /** Stops the work on a run; once it resolves nothing of it is written any more. */
  async stop(runId: string): Promise<void> {
    const tasks = this.#entries.get(runId)?.tasks ?? new Set();
    this.drop(runId);
    await Promise.all(tasks);
  }

  /** Stops all work and waits until it has stopped. Nothing is lost: it goes on when the vault is opened again. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { abort } of this.#entries.values()) abort.abort();
    await Promise.all(this.#tasks);
  }

  /**
   * Gives out items while there is room. A run that got one goes to the end of the line, where this same loop meets it
   * again: a long run does not keep a short one waiting.
   */
  #pump(): void {
    for (const [runId, entry] of this.#entries) {
      if (this.#closed || this.#tasks.size >= this.#parallel) return;
      const item = entry.problem ? null : this.#deps.repository.nextQueued(runId);
      if (item) {
        this.#entries.delete(runId);
        this.#entries.set(runId, entry);
        this.#start(entry, new ItemRun(this.#deps, { id: runId, caseId: entry.caseId }, item, entry.plan, entry.abort.signal));
      } else if (entry.tasks.size === 0) {
        this.#entries.delete(runId);
        this.#finish(runId, entry.problem);
      }
    }
  }

  #start(entry: Entry, item: ItemRun): void {
    const task = this.#work(item)
      .catch((thrown: unknown) => {
        const error = explained(thrown);
        // No item of it can be begun (a full disk, say): what is under way ends, then the run fails, and it can be resumed.
        if (error instanceof AppError) {
          entry.problem = { code: error.code, message: error.message };
          return;
        }
        // Its state could not be written: the run is left as it stands and goes on after the next start.
        this.#deps.log.bug('run item', error);
        if (this.#entries.get(entry.runId) === entry) this.drop(entry.runId);
      })
      .finally(() => {
        this.#tasks.delete(task);
        entry.tasks.delete(task);
        this.#pump();
      });
    this.#tasks.add(task);
    entry.tasks.add(task);
  }

  async #work(item: ItemRun): Promise<void> {
    await item.execute(item.begin());
  }

  #finish(runId: string, problem: { code: string; message: string } | null): void {
    const { repository, acts, changes } = this.#deps;
    const run = repository.summary(runId);
    if (!run) return;
    const { itemCount, itemsSucceeded, itemsFailed } = run;
    const failed =
      itemsFailed > 0
        ? {
            code: 'runs/items-failed',
            message: `${itemsFailed} of ${itemCount} documents failed; the others are finished. Look at their errors, then resume the run.`,
          }
        : null;
    const error = problem ?? failed;
    const details = { items: itemCount, succeeded: itemsSucceeded, failed: itemsFailed };
    try {
      acts('runs.finish').commit(
        { subject: runId, caseId: run.caseId, outcome: error ? 'failed' : 'done', reason: error?.code ?? null, details },
        () => repository.finishRun(runId, error ? 'failed' : 'succeeded', error),
      );
    } catch (thrown) {
      // Nobody waits for it; it is finished after the next start.
      this.#deps.log.bug('runs.finish', thrown);
    }
    changes.run(runId);
  }
}
