import { z } from 'zod';
import { modelTexts } from './audit-records.ts';
import { approvalClass, command, query } from './base.ts';
import { classification } from './cases.ts';

export const retentionPolicy = z.object({
  /** Days after a case was closed until it is due for deletion; 0: never. */
  caseDays: z.number().int().min(0).max(36_500),
  /** Days that audit records are kept; never under 180. */
  auditDays: z.number().int().min(180).max(36_500),
});
export type RetentionPolicy = z.infer<typeof retentionPolicy>;

const auditPolicy = z.object({
  /** What is kept of calls of models beside the log: hashes with their salt, or the texts too. */
  modelTexts,
  /** Reading in a case with such a label leaves an entry: one for each person, thing and hour. */
  readsOf: z.array(classification),
});

export const policies = z.object({
  password: z.object({
    minimumLength: z.number().int().min(8).max(128),
    /** Of lower case, upper case, digits, others: how many kinds at least. */
    minimumKinds: z.number().int().min(1).max(4),
    /** The last so many passwords are refused. */
    history: z.number().int().min(0).max(24),
    /** Days until a password must be changed; 0: never. */
    maximumAgeDays: z.number().int().min(0).max(3650),
  }),
  lockout: z.object({ attempts: z.number().int().min(3).max(20), minutes: z.number().int().min(1).max(1440) }),
  session: z.object({
    /** Minutes without activity until a session ends, and with the last session the vault is locked. */
    idleMinutes: z.number().int().min(1).max(480),
    /** Lock even while runs, imports or a rotation are in progress; they go on after the next unlock. */
    lockWhileRunning: z.boolean(),
    /** Hours after which a session ends however active it is. */
    maximumHours: z.number().int().min(1).max(168),
  }),
  secondFactor: z.enum(['optional', 'administrators', 'everybody']),
  /** What needs a second person. */
  fourEyes: z.array(approvalClass),
  /** Hours until a request for approval lapses. */
  approvalHours: z.number().int().min(1).max(720),
  /** Days until the vault key should be replaced; 0: no reminder. */
  rotationDays: z.number().int().min(0).max(3650),
  /** Bytes that the vault may take on disk; 0: as many as there are. */
  quotaBytes: z.number().int().min(0),
  audit: auditPolicy,
  retention: retentionPolicy,
});
export type Policies = z.infer<typeof policies>;

export const policyState = z.object({ mode: z.enum(['personal', 'separated']), policies });
export type PolicyState = z.infer<typeof policyState>;

export const policiesContract = {
  /** Everybody may know the rules. */
  get: query('signed-in').output(policyState),
  /** Replaces all but the retention. */
  set: command('policies.manage', 'policies.set')
    .input(policies.omit({ retention: true }))
    .output(policyState),
  setRetention: command('policies.manage', 'policies.set-retention', { approval: 'retention-change' })
    .input(retentionPolicy)
    .output(policyState),
};
