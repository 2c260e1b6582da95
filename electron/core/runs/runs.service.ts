import { randomUUID } from 'node:crypto';
import type { Act, SystemActs } from '../audit/act.ts';
import type { Flow, FlowDocument, FlowProblem } from '../contract/flows.ts';
import type { Run, RunEvent, RunItem, RunSummary, StepDetail } from '../contract/runs.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { NodeServices } from '../nodes/services.ts';
import type { Blobs } from '../vault/blobs.ts';
import type { WritableDb } from '../vault/database.ts';
import { gatherInputs } from './attempt.ts';
import { RunChanges } from './run-changes.ts';
import { RunExecutor } from './run-executor.ts';
import { planRun } from './run-plan.ts';
import { toStep } from './run-rows.ts';
import { RunsRepository, type RunFilter } from './runs.repository.ts';
import { StepValues } from './step-values.ts';

export type RunsDeps = {
  readonly db: WritableDb;
  readonly blobs: Blobs;
  readonly acts: SystemActs;
  readonly log: Log;
  readonly flows: { get(id: string): Flow; validate(document: Flow['document']): FlowProblem[] };
  readonly documents: NodeServices['documents'] & { get(id: string): { id: string; name: string; caseId: string } };
  readonly inference: NodeServices['inference'];
  readonly archive: NodeServices['archive'];
  /** Items worked on at the same time. */
  readonly parallel?: number;
};
export type StartRun = { readonly flowId: string; readonly documentIds: readonly string[]; readonly idempotencyKey?: string | undefined };

/** Results that one reply of `get` carries at most, bytes; `item` gives the others. */
const largestReply = 8 * 1024 * 1024;

/** Durable runs of flows over documents. See ADR 0005. */
export class RunsService {
  readonly #deps: RunsDeps;
  readonly #repository: RunsRepository;
  readonly #values: StepValues;
  readonly #changes: RunChanges;
  readonly #executor: RunExecutor;

  constructor(deps: RunsDeps) {
    const { db, blobs, documents, inference, archive, acts, log } = deps;
    this.#deps = deps;
    this.#repository = new RunsRepository(db);
    this.#values = new StepValues(blobs);
    this.#changes = new RunChanges(this.#repository, this.#values);
    const services = { documents, inference, archive };
    this.#executor = new RunExecutor(
      { repository: this.#repository, values: this.#values, changes: this.#changes, services, acts, log },
      deps.parallel ?? 2,
    );
  }

  /** Takes every unfinished run up again from its last committed step. */
  takeUp(): void {
    this.#repository.necessarily(() => this.#repository.releaseInterrupted());
    for (const { id } of this.#repository.unfinished()) this.#executor.add(id);
  }

  /** Stops the work; unfinished runs go on when the vault is opened again. */
  close(): Promise<void> {
    return this.#executor.close();
  }

  list(filter: RunFilter): { runs: RunSummary[]; total: number } {
    return this.#repository.list(filter);
  }

  /** @throws AppError `runs/not-found` */
  get(id: string): Run {
    let room = largestReply;
    const items = this.#repository.items(this.#summary(id).id).map((row) => {
      const item = this.#changes.toItem(row, room);
      if (item.result && row.result) room -= StepValues.size(row.result);
      return item;
    });
    return { ...this.#summary(id), items, steps: this.#repository.steps(id).map(toStep) };
  }

  /** One item with its result, however large. @throws AppError `runs/not-found` */
  item(runId: string, index: number): RunItem {
    const row = this.#repository.item(runId, index);
    if (!row) throw notFound(runId);
    return this.#changes.toItem(row, Number.POSITIVE_INFINITY);
  }

  /** The flow as the run runs it. @throws AppError `runs/not-found` */
  flow(runId: string): FlowDocument {
    const flow = this.#repository.flowOf(runId);
    if (!flow) throw notFound(runId);
    return flow;
  }

  /** A step with what went in and what came out. @throws AppError `runs/not-found` */
  step(runId: string, item: number, nodeId: string): StepDetail {
    const row = this.#repository.step(runId, item, nodeId);
    if (!row) throw notFound(runId);
    const outputsOf = (id: string) => {
      const outputs = this.#repository.step(runId, item, id)?.outputs;
      return outputs ? this.#values.load(outputs) : {};
    };
    const planned = planRun(this.flow(runId)).find(({ node }) => node.id === nodeId);
    return {
      ...toStep(row),
      inputs: planned ? gatherInputs(planned, outputsOf).inputs : {},
      outputs: row.outputs ? this.#values.load(row.outputs) : null,
    };
  }

  /**
   * Starts one run over the documents, in order, in the case they belong to. The same idempotency key gives back the
   * run it started there before.
   * @throws AppError `flows/not-found`, `flows/has-problems`, `documents/not-found`, `runs/several-cases`
   */
  start(act: Act, { flowId, documentIds, idempotencyKey }: StartRun): RunSummary {
    const documents = documentIds.map((id) => this.#deps.documents.get(id));
    const caseId = oneCase(documents);
    const known = idempotencyKey === undefined ? null : this.#repository.idByKey(caseId, idempotencyKey);
    if (known !== null) {
      act.commit({ subject: known, details: { repeated: true } }, () => undefined);
      return this.#summary(known);
    }
    const { document, name, version } = this.#runnable(flowId);
    const id = randomUUID();
    // Each of them by its id: a run is part of the life of what it reads.
    act.commit({ subject: id, details: { flow: flowId, version, documents: [...documentIds] } }, () =>
      this.#repository.add({
        id,
        caseId,
        flowId,
        flowName: name,
        flowVersion: version,
        document,
        documents,
        startedAt: Date.now(),
        startedBy: act.actor.name,
        idempotencyKey: idempotencyKey ?? null,
      }),
    );
    this.#changes.run(id);
    this.#executor.add(id);
    return this.#summary(id);
  }

  /** Stops a run at once; what its finished steps made is kept. A finished run stays as it is. */
  cancel(act: Act, id: string): RunSummary {
    act.commit({ subject: id }, () => {
      const { state } = this.#summary(id);
      if (state === 'queued' || state === 'running') this.#repository.cancel(id);
    });
    this.#executor.drop(id);
    this.#changes.run(id);
    return this.#summary(id);
  }

  /** Takes a failed or cancelled run up again from its failed steps. @throws AppError `runs/not-resumable` */
  resume(act: Act, id: string): RunSummary {
    act.commit({ subject: id }, () => {
      const { state } = this.#summary(id);
      if (state !== 'failed' && state !== 'cancelled')
        throw new AppError('runs/not-resumable', 'Only a failed or cancelled run can be resumed. This one is unchanged.', { state });
      this.#repository.requeue(id);
    });
    this.#changes.run(id);
    this.#executor.add(id);
    return this.#summary(id);
  }

  /** Of cases for which `sees` says yes at the moment of each event. */
  watch(runId: string | undefined, sees: (caseId: string) => boolean, signal?: AbortSignal): AsyncGenerator<RunEvent> {
    return this.#changes.watch(runId, sees, signal);
  }

  /** Stops the work on every run of a case, without a trace; for its removal. */
  async stopCase(caseId: string): Promise<void> {
    await Promise.all(this.#repository.idsOf(caseId).map((id) => this.#executor.stop(id)));
  }

  /** Takes the runs of a case up again that `stopCase` stopped. */
  resumeCase(caseId: string): void {
    this.#repository.necessarily(() => this.#repository.releaseInterrupted(caseId));
    for (const run of this.#repository.unfinished()) if (run.caseId === caseId) this.#executor.add(run.id);
  }

  /** Ids of the blobs that hold values of the case's runs. */
  blobsOf(caseId: string): string[] {
    return this.#repository.blobsOf(caseId);
  }

  /** Runs under way and waiting. */
  counts(): { running: number; queued: number } {
    return this.#repository.counts();
  }

  /** True when the blob holds a value of a run; for the sweep of orphans. */
  refersTo(blob: string): boolean {
    return this.#repository.refersTo(blob);
  }

  #runnable(flowId: string): Flow {
    const flow = this.#deps.flows.get(flowId);
    const errors = this.#deps.flows.validate(flow.document).filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return flow;
    const problems = errors.slice(0, 10).map(({ message }) => message);
    throw new AppError(
      'flows/has-problems',
      `This flow cannot run yet: ${problems[0]} Correct it in the flow editor. Nothing was started.`,
      { problems },
    );
  }

  #summary(id: string): RunSummary {
    const run = this.#repository.summary(id);
    if (!run) throw notFound(id);
    return run;
  }
}

function oneCase(documents: readonly { readonly caseId: string }[]): string {
  const [first, ...others] = new Set(documents.map(({ caseId }) => caseId));
  if (first !== undefined && others.length === 0) return first;
  throw new AppError('runs/several-cases', 'These documents belong to several cases. Nothing was started. Start one run for each case.');
}

function notFound(id: string): AppError {
  return new AppError('runs/not-found', 'This run is not there. Reload the list.', { id });
}
