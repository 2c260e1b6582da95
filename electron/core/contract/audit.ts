import { z } from 'zod';
import { auditProblem } from './audit-problems.ts';
import { auditProof } from './audit-proof.ts';
import { auditFilter, modelCall, siemFormat, siemSettings, siemState } from './audit-records.ts';
import { caseId, command, json, query, sha256, timestamp } from './base.ts';
import { role } from './identity.ts';
import { witnessSummary } from './witness.ts';

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
  caseId: caseId.nullable(),
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
  /** The signed head in C2SP tlog-checkpoint form; empty where the head is not one that the log wrote. */
  checkpoint: z.string(),
  publicKey: z.string(),
  /** Epochs that are over, with a seal each. */
  seals: z.number().int(),
  /** Entries whose retention is over: of them the hash is left. */
  pruned: z.number().int(),
  problems: z.array(auditProblem),
  durationMs: z.number(),
});
export type AuditVerification = z.infer<typeof auditVerification>;

/** While the whole log is held, none of its entries is pruned. */
export const auditHold = z.object({ reason: z.string(), since: timestamp, by: z.string() });
export type AuditHold = z.infer<typeof auditHold>;

export const auditState = z.object({
  /** Entries now, and their signed head. */
  size: z.number().int(),
  rootHash: sha256,
  checkpoint: z.string(),
  publicKey: z.string(),
  /** By itself after unlocking and every day, or by a person. */
  verification: z.object({
    running: z.boolean(),
    /** Of this opening of the vault. */
    last: auditVerification.pick({ ok: true, size: true, problems: true, durationMs: true }).extend({ at: timestamp }).nullable(),
  }),
  /** Epochs that are over; `size`: entries under the newest seal. */
  seals: z.object({ count: z.number().int(), size: z.number().int(), at: timestamp.nullable() }),
  /** Entries whose retention is over, of which the hash is left; all of them lie below `before`. */
  pruned: z.object({ count: z.number().int(), before: z.number().int() }),
  retentionDays: z.number().int(),
  hold: auditHold.nullable(),
  witnesses: witnessSummary,
});
export type AuditState = z.infer<typeof auditState>;

export const auditContract = {
  /** A case is only named here; nothing of it is shown. */
  list: query('audit.read', { access: null })
    .input(
      auditFilter.extend({
        outcome: auditOutcome.optional(),
        /** Newest first; entries with a lower sequence than this. */
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    /**
     * `total`: all that fit, up to 1,000; `more`: there are more than that. `unsearched`: entries that the search does not
     * know yet, because its index is still being made; ask again for a whole answer.
     */
    .output(z.object({ entries: z.array(auditEntry), total: z.number().int(), more: z.boolean(), unsearched: z.number().int() })),
  /** Everything that names an id, be it on it or in the details: from import to deletion, oldest first. */
  life: query('audit.read')
    .input(
      z.object({
        /** Of anything: a document, run, conversation, case, person, model, session. */
        id: z.string().min(1).max(200),
        /** Entries with a higher sequence than this. */
        after: z.number().int().optional(),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(z.object({ entries: z.array(auditEntry), more: z.boolean() })),
  /** A call of a model with what went in and came out, as far as it is kept. Fails with `request/not-found`. */
  modelCall: command('audit.read-texts', 'audit.read-text', { access: 'read' })
    .input(z.object({ sequence: z.number().int().min(0) }))
    .output(modelCall),
  /** The export to a log collector, and what is wrong with what it wrote. */
  siem: query('audit.read').output(siemState),
  setSiem: command('audit.manage', 'audit.set-export').input(siemSettings).output(siemState),
  /** Exports what waits, and looks at every written file again. */
  exportNow: command('audit.manage', 'audit.export').output(siemState),
  /** Writes a range of the log to files in a folder, once and beside the schedule. `last` absent: up to the newest. */
  exportTo: command('audit.manage', 'audit.export')
    .input(
      z.object({
        folder: z.string().min(1).max(4096),
        format: siemFormat,
        first: z.number().int().min(0).default(0),
        last: z.number().int().min(0).nullable().default(null),
      }),
    )
    .output(
      z.object({
        files: z.array(z.object({ name: z.string(), first: z.number().int(), last: z.number().int(), bytes: z.number(), sha256 })),
      }),
    ),
  /** That an entry stands in the log, with what an outsider needs to check it. Fails with `audit/no-entry`. */
  prove: query('audit.read')
    .input(z.object({ sequence: z.number().int().min(0) }))
    .output(auditProof),
  verify: query('audit.read').output(auditVerification),
  /** Where the log stands: its head, the last verification, seals, retention, witnesses. */
  state: query('audit.read').output(auditState),
  /** Keeps every entry, whatever the retention says, until the hold is lifted. */
  setHold: command('audit.manage', 'audit.set-hold')
    .input(z.object({ reason: z.string().trim().min(1).max(500) }))
    .output(auditState),
  liftHold: command('audit.manage', 'audit.lift-hold', { approval: 'retention-change' }).output(auditState),
};
