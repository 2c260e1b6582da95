import { z } from 'zod';
import { caseId, json, sha256, timestamp } from './base.ts';

/** What entries of the audit log are looked for. Everything that is given must hold. */
export const auditFilter = z.object({
  /**
   * Words that occur in who, what, on what, why or the details; each may be the beginning of one (three characters and
   * more). A Chinese, Japanese or Korean text is found wherever it stands.
   */
  search: z.string().max(200).default(''),
  /** Parts of actions before the first dot; any of them. Empty: all. */
  areas: z.array(z.string().min(1).max(64)).max(50).default([]),
  action: z.string().max(128).optional(),
  /** A user name, or `system`. */
  actor: z.string().max(64).optional(),
  subject: z.string().max(200).optional(),
  caseId: caseId.optional(),
  /** By the wall clock of then, both included. */
  from: timestamp.optional(),
  to: timestamp.optional(),
});

/** Where it applies: `hashes` keeps what shows later that a text is the one; `texts` keeps the texts themselves. */
export const modelTexts = z.enum(['hashes', 'texts']);

/** A call of a model as the log shows it, with what is still kept of what went in and came out. */
export const modelCall = z.object({
  sequence: z.number().int(),
  at: timestamp,
  /** Id of the run or of the answer. */
  subject: z.string(),
  model: z.string(),
  modelSha256: sha256,
  parameters: z.record(z.string(), json),
  promptHash: sha256,
  outputHash: sha256,
  /**
   * `texts`: they are here. `hashes`: only hashes were kept, by policy. `erased`: a document, conversation or case it
   * belonged to was deleted, and the texts (or what would show that a text is the one) with it.
   */
  kept: z.enum(['texts', 'hashes', 'erased']),
  /** What went in and what came out; null unless kept. */
  texts: z
    .object({
      prompt: z.array(z.object({ role: z.enum(['system', 'user', 'assistant', 'raw']), text: z.string() })),
      /** What the answer had to follow: a JSON Schema or a grammar. */
      constraint: z.string().nullable(),
      output: z.string(),
      /** Do they have the hashes that the log has? False: they were altered. */
      fits: z.boolean(),
    })
    .nullable(),
});
export type ModelCallView = z.infer<typeof modelCall>;

/** ECS: JSON lines for the Elastic stack. CEF: for ArcSight, Splunk and others. syslog: RFC 5424. */
export const siemFormat = z.enum(['ecs', 'cef', 'syslog']);
export type SiemFormat = z.infer<typeof siemFormat>;

export const siemSettings = z.object({
  /** Where the files go, a folder that is there; null: no export. */
  folder: z.string().min(1).max(4096).nullable(),
  format: siemFormat,
  everyMinutes: z.number().int().min(1).max(10_080),
  /** The collector takes files away once it has read them: a missing file is nothing to report then. */
  filesTaken: z.boolean(),
});
export type SiemSettings = z.infer<typeof siemSettings>;

export const siemProblem = z.object({
  file: z.string(),
  /** `missing`: it is not there any more; `altered`: it is not what was written. */
  kind: z.enum(['missing', 'altered']),
  /** Sequences of the entries that it held. */
  first: z.number().int(),
  last: z.number().int(),
  noticedAt: timestamp,
});

export const siemState = z.object({
  settings: siemSettings,
  /** Entries from this sequence on are not exported yet. */
  next: z.number().int(),
  /** Entries that wait. */
  waiting: z.number().int(),
  files: z.number().int(),
  lastAt: timestamp.nullable(),
  /** When the next export is due; null without a folder. */
  nextAt: timestamp.nullable(),
  /** Why the last export failed. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  problems: z.array(siemProblem),
});
export type SiemState = z.infer<typeof siemState>;
