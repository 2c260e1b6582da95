import { z } from 'zod';
import { json, sha256, timestamp } from '../contract/base.ts';
import { runState, stepState } from '../contract/runs.ts';

const failure = z.strictObject({ code: z.string(), message: z.string() });
/** Type of personal data → how often it was found. */
const identifierCounts = z.record(z.string(), z.number().int().min(0));

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

const leaf = z.strictObject({
  sequence: z.number().int().min(0),
  /** The leaf as it was hashed (canonical JSON), or null: it holds something personal and only its hash is shown. */
  leaf: z.string().nullable(),
  leafHash: sha256,
  /** RFC 6962 audit path to the checkpoint's root, nearest sibling first. */
  proof: z.array(sha256),
});

/** `report.json`: everything a report says, in RFC 8785 canonical form. Times are milliseconds since the epoch, UTC. */
export const reportJson = z.strictObject({
  format: z.literal('redoubt-report/1'),
  id: z.string(),
  title: z.string(),
  language: z.enum(['en', 'zh-CN']),
  createdAt: timestamp,
  createdBy: z.string(),
  vaultId: z.string(),
  software: z.strictObject({ name: z.literal('Redoubt'), version: z.string() }),
  runs: z.array(run),
  models: z.array(z.strictObject({ name: z.string(), sha256: sha256.nullable(), label: z.string().nullable() })),
  identifiers: identifierCounts,
  audit: z.strictObject({
    origin: z.string(),
    /** The signed head the proofs lead to; `checkpoint.txt` is the same text. */
    checkpoint: z.string(),
    /** PEM of the log's Ed25519 key; `log.pub` is the same text. */
    publicKey: z.string(),
    leaves: z.array(leaf),
  }),
  /** SHA-256 of root-ca.crt's certificate (DER). */
  rootCertificateSha256: sha256,
});
export type ReportJson = z.infer<typeof reportJson>;
export type ReportRun = ReportJson['runs'][number];
export type ReportItem = ReportRun['items'][number];
export type ReportStep = ReportItem['steps'][number];
