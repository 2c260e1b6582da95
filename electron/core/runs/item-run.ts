import { systemActor, type SystemActs } from '../audit/act.ts';
import { AppError, toErrorShape, type ErrorShape } from '../errors.ts';
import type { Log } from '../log.ts';
import type { NodeResult, PortValues } from '../nodes/node.ts';
import type { NodeServices } from '../nodes/services.ts';
import { attempt, gatherInputs, skippedBehind } from './attempt.ts';
import type { RunChanges } from './run-changes.ts';
import type { PlannedStep, RunPlan } from './run-plan.ts';
import type { ItemRow } from './run-rows.ts';
import type { RunsRepository } from './runs.repository.ts';
import type { StepValues } from './step-values.ts';

/** A step that the end of the application interrupted this often is taken for what ends it, and fails. */
const mostInterruptions = 25;

export type ItemRunDeps = {
  readonly repository: RunsRepository;
  readonly values: StepValues;
  readonly services: NodeServices;
  readonly acts: SystemActs;
  readonly changes: RunChanges;
  readonly log: Log;
};

/**
 * Takes one item of a run from its last committed step to its end. One transaction ends a step and begins the next, so
 * whatever moment the process dies in, the rows say exactly which steps are done. Once `signal` has aborted nothing is
 * written any more: who aborted (cancel, close) has written, or leaves, the state.
 */
export class ItemRun {
  readonly #deps: ItemRunDeps;
  readonly #runId: string;
  readonly #caseId: string;
  readonly #item: ItemRow;
  readonly #plan: RunPlan;
  readonly #signal: AbortSignal;
  readonly #outputs = new Map<string, PortValues>();

  constructor(deps: ItemRunDeps, run: { readonly id: string; readonly caseId: string }, item: ItemRow, plan: RunPlan, signal: AbortSignal) {
    this.#deps = deps;
    this.#runId = run.id;
    this.#caseId = run.caseId;
    this.#item = item;
    this.#plan = plan;
    this.#signal = signal;
  }

  /** Marks the item and its next step as begun. Synchronous, so that no item is taken twice. */
  begin(): PlannedStep | null {
    const { repository, changes } = this.#deps;
    const next = this.#firstUnfinished();
    repository.transaction(() => {
      repository.beginItem(this.#runId, this.#item.position);
      if (next) this.#beginStep(next);
    });
    changes.item(this.#runId, this.#item.position);
    if (next) changes.step(this.#runId, this.#item.position, next.node.id);
    return next;
  }

  /** Runs from `step` on. Never rejects: what goes wrong is the state of the item. */
  async execute(step: PlannedStep | null): Promise<void> {
    for (let current = step; current !== null;) current = await this.#execute(current);
  }

  /** Runs one step and commits how it ended; returns the next step, already begun, or null at the end of the item. */
  async #execute(step: PlannedStep): Promise<PlannedStep | null> {
    try {
      this.#refuseEndless(step);
      const { inputs, missing } = gatherInputs(step, (nodeId) => this.#outputsOf(nodeId));
      const result = missing === null ? await this.#attempt(step, inputs) : { outputs: {}, skipped: skippedBehind(missing) };
      return this.#signal.aborted ? null : this.#commit(step, result);
    } catch (error) {
      if (this.#signal.aborted) return null;
      if (!(error instanceof AppError)) this.#deps.log.bug(`step ${step.node.type}`, error);
      this.#commitFailure(step, toErrorShape(error));
      return null;
    }
  }

  #attempt(step: PlannedStep, inputs: PortValues): Promise<NodeResult> {
    const { repository, changes, services } = this.#deps;
    const { document_id: id, document_name: name, position } = this.#item;
    const context = {
      signal: this.#signal,
      services,
      document: { id, name },
      caseId: this.#caseId,
      origin: {
        actor: systemActor,
        caseId: this.#caseId,
        subject: this.#runId,
        documents: [id],
        place: { item: position, node: step.node.id },
      },
      idempotencyKey: `${this.#runId}/${position}/${step.node.id}`,
    };
    return attempt(step, inputs, context, () => {
      repository.transaction(() => this.#beginStep(step));
      changes.step(this.#runId, position, step.node.id);
    });
  }

  /** Ends the step and begins the next, or ends the item, in one transaction. */
  #commit(step: PlannedStep, result: NodeResult): PlannedStep | null {
    const { repository, values, changes } = this.#deps;
    const { position } = this.#item;
    this.#outputs.set(step.node.id, result.outputs);
    const stored = values.store(result.outputs);
    const next = this.#plan[step.place + 1] ?? null;
    const final = next ? null : values.store(this.#result());
    repository.transaction(() => {
      repository.finishStep(this.#runId, position, step.node.id, {
        state: result.skipped ? 'skipped' : 'succeeded',
        outputs: stored.row,
        error: result.skipped ?? null,
        tokens: result.modelUse?.outputTokens ?? null,
        model: result.modelUse?.name ?? null,
      });
      repository.noteBlobs(this.#runId, [...stored.blobs, ...(final?.blobs ?? [])]);
      if (next) this.#beginStep(next);
      if (final) repository.finishItem(this.#runId, position, 'succeeded', null, final.row);
    });
    changes.step(this.#runId, position, step.node.id);
    if (next) changes.step(this.#runId, position, next.node.id);
    else changes.item(this.#runId, position);
    return next;
  }

  #commitFailure(step: PlannedStep, { code, message }: ErrorShape): void {
    const { repository, changes } = this.#deps;
    const { position } = this.#item;
    repository.necessarily(() => {
      repository.finishStep(this.#runId, position, step.node.id, {
        state: 'failed',
        outputs: null,
        error: { code, message },
        tokens: null,
        model: null,
      });
      repository.finishItem(this.#runId, position, 'failed', { code, message }, null);
    });
    changes.step(this.#runId, position, step.node.id);
    changes.item(this.#runId, position);
  }

  #beginStep({ place, node }: PlannedStep): void {
    this.#deps.repository.beginStep(this.#runId, this.#item.position, { nodeId: node.id, nodeType: node.type, place });
  }

  /** Steps end in the order of the plan, so the first that is not done is where to go on. */
  #firstUnfinished(): PlannedStep | null {
    const rows = new Map(this.#deps.repository.stepsOfItem(this.#runId, this.#item.position).map((row) => [row.node_id, row.state]));
    return this.#plan.find(({ node }) => !['succeeded', 'skipped'].includes(rows.get(node.id) ?? 'pending')) ?? null;
  }

  /** What the result nodes put out. */
  #result(): PortValues {
    const results = this.#plan.filter(({ type }) => type.role === 'result').map(({ node }) => this.#outputsOf(node.id));
    return Object.assign({}, ...results) as PortValues;
  }

  #outputsOf(nodeId: string): PortValues {
    const known = this.#outputs.get(nodeId);
    if (known) return known;
    const row = this.#deps.repository.step(this.#runId, this.#item.position, nodeId);
    const outputs = row?.outputs ? this.#deps.values.load(row.outputs) : {};
    this.#outputs.set(nodeId, outputs);
    return outputs;
  }

  #refuseEndless(step: PlannedStep): void {
    const row = this.#deps.repository.step(this.#runId, this.#item.position, step.node.id);
    if ((row?.interruptions ?? 0) < mostInterruptions) return;
    throw new AppError(
      'runs/interrupted-too-often',
      `Redoubt ended ${mostInterruptions} times during this step. It is left alone now; the other documents go on. Resume the run to try it again.`,
    );
  }
}
