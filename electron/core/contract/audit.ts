import { z } from 'zod';
import { json, query, sha256, timestamp } from './base.ts';
import { role } from './identity.ts';

export const auditOutcome = z.enum(['done', 'failed', 'denied']);
export const auditEntry = z.object({
  /** Leaf index in the tree, from 0. */
  sequence: z.number().int(),
  /** By the wall clock of then, which can have been set. */
  at: timestamp,
  /** Milliseconds by a clock that cannot be set, within one `boot` of the machine. */
  uptimeMs: z.number().int(),
  boot: z.string(),
  /** Who: a user name, or `system`. */
  actor: z.string(),
  actorId: z.string().nullable(),
  /** Id of the session it was done in. */
  session: z.string().nullable(),
  /** Of the person, as it was then. */
  role: role.nullable(),
  /** The part of the action before its first dot. */
  area: z.string(),
  action: z.string(),
  subject: z.string(),
  /** The case it was done in, where it was exactly one. */
  caseId: z.string().nullable(),
  outcome: auditOutcome,
  /** Error code of what failed or was denied. */
  reason: z.string().nullable(),
  details: z.record(z.string(), json),
  leafHash: sha256,
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditVerification = z.object({
  ok: z.boolean(),
  /** Leaves in the tree. */
  size: z.number().int(),
  rootHash: sha256,
  /** The signed head in C2SP tlog-checkpoint form. */
  checkpoint: z.string(),
  publicKey: z.string(),
  problems: z.array(z.object({ sequence: z.number().int().nullable(), message: z.string() })),
  durationMs: z.number(),
});
export type AuditVerification = z.infer<typeof auditVerification>;

export const auditContract = {
  list: query('audit.read')
    .input(
      z.object({
        search: z.string().max(200).default(''),
        outcome: auditOutcome.optional(),
        actor: z.string().max(64).optional(),
        /** Newest first; entries with a lower sequence than this. */
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ entries: z.array(auditEntry), total: z.number().int() })),
  verify: query('audit.read').output(auditVerification),
};
