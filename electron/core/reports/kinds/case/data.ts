import { z } from 'zod';
import { sha256, timestamp } from '../../../contract/base.ts';
import { caseMember, classification } from '../../../contract/cases.ts';
import { person } from '../../../contract/identity.ts';
import { runState } from '../../../contract/runs.ts';
import { identifierCounts } from '../identifiers.ts';

export const caseData = z.strictObject({
  case: z.strictObject({
    id: z.string(),
    name: z.string(),
    personal: z.boolean(),
    classification,
    purpose: z.string(),
    state: z.enum(['open', 'closed']),
    createdAt: timestamp,
    closedAt: timestamp.nullable(),
    /** Days after closing that hold for this case; 0: it is never due. */
    retentionDays: z.number().int(),
    /** False: they come from the policy. */
    ownRetention: z.boolean(),
    dueAt: timestamp.nullable(),
    legalHold: z.strictObject({ reason: z.string(), since: timestamp, by: z.string() }).nullable(),
  }),
  people: z.array(
    z.strictObject({
      userName: z.string(),
      displayName: z.string(),
      role: person.shape.role,
      status: person.shape.status,
      access: caseMember.shape.access,
      since: timestamp,
    }),
  ),
  documents: z.array(
    z.strictObject({
      id: z.string(),
      /** Masked. */
      name: z.string(),
      kind: z.string(),
      sha256,
      size: z.number().int(),
      pages: z.number().int().nullable(),
      status: z.string(),
      importedAt: timestamp,
      importedBy: z.string(),
      identifiers: identifierCounts,
    }),
  ),
  runs: z.array(
    z.strictObject({
      id: z.string(),
      flow: z.string(),
      version: z.number().int(),
      state: runState,
      items: z.number().int(),
      succeeded: z.number().int(),
      failed: z.number().int(),
      startedAt: timestamp,
      finishedAt: timestamp.nullable(),
      startedBy: z.string(),
    }),
  ),
  counts: z.strictObject({
    flows: z.number().int(),
    conversations: z.number().int(),
    reports: z.number().int(),
    archived: z.number().int(),
  }),
  /** What was deleted out of the case. */
  deletions: z.array(
    z.strictObject({ sequence: z.number().int(), at: timestamp, actor: z.string(), action: z.string(), subject: z.string() }),
  ),
  identifiers: identifierCounts,
  audit: z.strictObject({
    entries: z.number().int(),
    /** Audit action → how often. */
    actions: z.record(z.string(), z.number().int()),
    people: z.record(z.string(), z.number().int()),
    refused: z.number().int(),
    /** By day where it is a month at most, otherwise by month; UTC. */
    activity: z.array(z.strictObject({ period: z.string(), entries: z.number().int() })),
  }),
});
export type CaseData = z.infer<typeof caseData>;
