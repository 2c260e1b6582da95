import { z } from 'zod';
import { json, sha256, timestamp } from '../../../contract/base.ts';
import { runState, stepState } from '../../../contract/runs.ts';
import { identifierCounts } from '../identifiers.ts';

const failure = z.strictObject({ code: z.string(), message: z.string() });

/** What the flow put out, masked. A long text stands as its length and the SHA-256 of its masked form. */
export const reportResult = z.record(z.string(), json);

const step = z.strictObject({
  nodeId: z.string(),
  nodeType: z.string(),
  state: stepState,
  attempt: z.number().int(),
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  tokens: z.number().int().nullable(),
  model: z.string().nullable(),
  error: failure.nullable(),
});

const item = z.strictObject({
  index: z.number().int(),
  document: z.strictObject({
    id: z.string(),
    name: z.string(),
    /** Null where the document has been removed from the vault since. */
    sha256: sha256.nullable(),
    size: z.number().int().nullable(),
    pages: z.number().int().nullable(),
    ocrPages: z.number().int().nullable(),
  }),
  state: runState,
  error: failure.nullable(),
  result: reportResult.nullable(),
  identifiers: identifierCounts,
  steps: z.array(step),
});

const run = z.strictObject({
  id: z.string(),
  state: runState,
  startedAt: timestamp,
  finishedAt: timestamp.nullable(),
  startedBy: z.string(),
  error: failure.nullable(),
  /** The flow as it was run; `sha256` of its canonical JSON. */
  flow: z.strictObject({ id: z.string(), name: z.string(), version: z.number().int(), sha256 }),
  items: z.array(item),
});

/** What a report of runs says. */
export const runData = z.strictObject({
  runs: z.array(run),
  models: z.array(z.strictObject({ name: z.string(), sha256: sha256.nullable(), label: z.string().nullable() })),
  identifiers: identifierCounts,
});
export type RunData = z.infer<typeof runData>;
export type ReportRun = RunData['runs'][number];
export type ReportItem = ReportRun['items'][number];
export type ReportStep = ReportItem['steps'][number];
