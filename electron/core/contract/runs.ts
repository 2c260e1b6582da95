import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { caseId, command, documentId, errorShape, flowId, json, query, readFlowId, runId, timestamp } from './base.ts';

export const runState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
export type RunState = z.infer<typeof runState>;
export const stepState = z.enum(['pending', 'running', 'succeeded', 'failed', 'skipped', 'cancelled']);
export type StepState = z.infer<typeof stepState>;

export const runSummary = z.object({
  id: runId,
  caseId,
  flowId,
  flowName: z.string(),
  flowVersion: z.number().int(),
  state: runState,
  /** One item per input document. */
  itemCount: z.number().int(),
  itemsSucceeded: z.number().int(),
  itemsFailed: z.number().int(),
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  startedBy: z.string(),
  error: errorShape.nullable(),
});
export type RunSummary = z.infer<typeof runSummary>;

/** One node's work on one item. `attempt` counts from 1. */
export const step = z.object({
  item: z.number().int(),
  nodeId: z.string(),
  nodeType: z.string(),
  state: stepState,
  attempt: z.number().int(),
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  /** Output tokens, for model calls. */
  tokens: z.number().int().nullable(),
  /** Name of the model used, for model calls. */
  model: z.string().nullable(),
  error: errorShape.nullable(),
});
export type Step = z.infer<typeof step>;

export const runItem = z.object({
  index: z.number().int(),
  documentId,
  documentName: z.string(),
  state: runState,
  error: errorShape.nullable(),
  /** What the flow's `output` node received: port name → value. Null until it ran. */
  result: z.record(z.string(), json).nullable(),
});
export type RunItem = z.infer<typeof runItem>;

export const run = runSummary.extend({ items: z.array(runItem), steps: z.array(step) });
export type Run = z.infer<typeof run>;

export const stepDetail = step.extend({
  inputs: z.record(z.string(), json),
  outputs: z.record(z.string(), json).nullable(),
});
export type StepDetail = z.infer<typeof stepDetail>;

export const runEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), run: runSummary }),
  z.object({ type: z.literal('item'), runId, item: runItem }),
  z.object({ type: z.literal('step'), runId, step }),
]);
export type RunEvent = z.infer<typeof runEvent>;

export const runsContract = {
  list: query('runs.read')
    .input(
      z.object({
        caseId: caseId.optional(),
        flowId: flowId.optional(),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ runs: z.array(runSummary), total: z.number().int() })),
  /** Results beyond 8 MB in all are null here; `item` gives each of them. Steps that have not begun are left out. */
  get: query('runs.read', { content: true })
    .input(z.object({ id: runId }))
    .output(run),
  item: query('runs.read', { content: true })
    .input(z.object({ runId, index: z.number().int().min(0) }))
    .output(runItem),
  step: query('runs.read', { content: true })
    .input(z.object({ runId, item: z.number().int(), nodeId: z.string() }))
    .output(stepDetail),
  /** Starts one run over the documents, in order, in the case that they all belong to. `idempotencyKey`: the same key never starts a second run. */
  start: command('runs.start', 'runs.start')
    .input(
      z.object({ flowId: readFlowId, documentIds: z.array(documentId).min(1).max(10_000), idempotencyKey: z.string().max(64).optional() }),
    )
    .output(runSummary),
  cancel: command('runs.start', 'runs.cancel')
    .input(z.object({ id: runId }))
    .output(runSummary),
  /** Takes a failed or cancelled run up again from its failed steps; finished steps are kept. */
  resume: command('runs.start', 'runs.resume')
    .input(z.object({ id: runId }))
    .output(runSummary),
  /** Live events of one run, or of all. The first events are the present state of what is not finished. Results over 64 KB are null. */
  watch: query('runs.read', { content: true })
    .input(z.object({ caseId: caseId.optional(), runId: runId.optional() }))
    .output(eventIterator(runEvent)),
};
