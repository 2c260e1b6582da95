import type { RunEvent, RunItem, RunSummary } from '../contract/runs.ts';
import { Topic } from '../ipc/topic.ts';
import { toError, toStep, type ItemRow } from './run-rows.ts';
import type { RunsRepository } from './runs.repository.ts';
import { StepValues } from './step-values.ts';

/** Results larger than this do not travel with events; `runs.item` gives them, bytes. */
const largestEventResult = 64 * 1024;

/** Announces what was committed: reads the present rows, so that an event never shows what is not durable. */
export class RunChanges {
  readonly #repository: RunsRepository;
  readonly #values: StepValues;
  readonly #topic = new Topic<{ readonly caseId: string; readonly event: RunEvent }>();

  constructor(repository: RunsRepository, values: StepValues) {
    this.#repository = repository;
    this.#values = values;
  }

  run(runId: string): void {
    const run = this.#repository.summary(runId);
    if (run) this.#publish(run, { type: 'run', run });
  }

  /** The item, and its run, whose counts changed with it. */
  item(runId: string, position: number): void {
    const row = this.#repository.item(runId, position);
    const run = this.#repository.summary(runId);
    if (!run) return;
    if (row) this.#publish(run, { type: 'item', runId, item: this.toItem(row, largestEventResult) });
    this.#publish(run, { type: 'run', run });
  }

  step(runId: string, position: number, nodeId: string): void {
    const row = this.#repository.step(runId, position, nodeId);
    const run = row ? this.#repository.summary(runId) : null;
    if (row && run) this.#publish(run, { type: 'step', runId, step: toStep(row) });
  }

  /**
   * The present state of what is not finished (of one run: of that run), then every change; only of cases for which
   * `sees` says yes at that moment.
   */
  async *watch(runId: string | undefined, sees: (caseId: string) => boolean, signal?: AbortSignal): AsyncGenerator<RunEvent> {
    const events = this.#topic.subscribe(signal);
    try {
      const one = runId === undefined ? null : this.#repository.summary(runId);
      for (const run of runId === undefined ? this.#repository.unfinished() : one ? [one] : [])
        for (const event of this.#present(run)) if (sees(run.caseId)) yield event;
      for await (const { caseId, event } of events) if ((runId === undefined || idOf(event) === runId) && sees(caseId)) yield event;
    } finally {
      await events.return?.();
    }
  }

  /** An item with its result, or null in its place where it takes more than `mostBytes`. */
  toItem(row: ItemRow, mostBytes: number): RunItem {
    const fits = row.result !== null && StepValues.size(row.result) <= mostBytes;
    return {
      index: row.position,
      documentId: row.document_id,
      documentName: row.document_name,
      state: row.state,
      error: toError(row),
      result: fits && row.result !== null ? this.#values.load(row.result) : null,
    };
  }

  #publish({ caseId }: RunSummary, event: RunEvent): void {
    this.#topic.publish({ caseId, event });
  }

  *#present(run: RunSummary): Generator<RunEvent> {
    yield { type: 'run', run };
    for (const row of this.#repository.runningItems(run.id)) {
      yield { type: 'item', runId: run.id, item: this.toItem(row, largestEventResult) };
      for (const step of this.#repository.stepsOfItem(run.id, row.position)) yield { type: 'step', runId: run.id, step: toStep(step) };
    }
  }
}

function idOf(event: RunEvent): string {
  return event.type === 'run' ? event.run.id : event.runId;
}
