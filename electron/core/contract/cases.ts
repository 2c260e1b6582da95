import { z } from 'zod';
import { caseAccess, caseId, command, id, query, timestamp } from './base.ts';

/** From open to secret; shown beside everything of the case. */
export const classification = z.enum(['public', 'internal', 'confidential', 'secret']);
export type Classification = z.infer<typeof classification>;

export const caseSummary = z.object({
  id: caseId,
  name: z.string(),
  /** Everybody has one; it cannot be shared or deleted. */
  personal: z.boolean(),
  classification,
  /** Why the data are processed, in a few words. */
  purpose: z.string(),
  state: z.enum(['open', 'closed']),
  createdAt: timestamp,
  closedAt: timestamp.nullable(),
  /** Days after closing until it is due for deletion; null: as the policy says. */
  retentionDays: z.number().int().nullable(),
  /** When it is due, if it is closed and nothing holds it. */
  dueAt: timestamp.nullable(),
  legalHold: z.object({ reason: z.string(), since: timestamp, by: z.string() }).nullable(),
  memberCount: z.number().int(),
  counts: z.object({
    documents: z.number().int(),
    flows: z.number().int(),
    runs: z.number().int(),
    conversations: z.number().int(),
    reports: z.number().int(),
  }),
  /** What the person who asks may do in it; null for who administers it from outside. */
  access: z.enum(caseAccess).nullable(),
});
export type CaseSummary = z.infer<typeof caseSummary>;

export const caseMember = z.object({
  personId: id,
  userName: z.string(),
  displayName: z.string(),
  access: z.enum(caseAccess),
  since: timestamp,
});
export type CaseMember = z.infer<typeof caseMember>;

export const caseDetail = caseSummary.extend({ members: z.array(caseMember) });
export type CaseDetail = z.infer<typeof caseDetail>;

/** What a verified deletion left: nothing. The same figures stand in the audit log. */
export const deletionProof = z.object({
  caseId: z.string(),
  name: z.string(),
  documents: z.number().int(),
  flows: z.number().int(),
  runs: z.number().int(),
  conversations: z.number().int(),
  reports: z.number().int(),
  blobsErased: z.number().int(),
  /** Content that another case holds too and that therefore stays there. */
  blobsShared: z.number().int(),
  /** Rows and blobs of the case found in a search afterwards: 0 and 0. */
  rowsLeft: z.number().int(),
  blobsLeft: z.number().int(),
  /** Sequence of the audit leaf that proves it. */
  auditSequence: z.number().int(),
});
export type DeletionProof = z.infer<typeof deletionProof>;

const name = z.string().trim().min(1).max(120);
const purpose = z.string().trim().max(200);
const retentionDays = z.number().int().min(1).max(36_500).nullable();

export const casesContract = {
  /** One's own cases, the personal one first; with `all` (permission `cases.administer`) everybody's, without content. */
  list: query('signed-in')
    .input(z.object({ all: z.boolean().default(false) }).default({ all: false }))
    .output(z.array(caseSummary)),
  get: query('signed-in', { access: null })
    .input(z.object({ id: caseId }))
    .output(caseDetail),
  create: command('cases.create', 'cases.create')
    .input(
      z.object({
        name,
        classification: classification.default('internal'),
        purpose: purpose.default(''),
        retentionDays: retentionDays.default(null),
      }),
    )
    .output(caseDetail),
  update: command('signed-in', 'cases.update', { access: null })
    .input(z.object({ id: caseId, name, classification, purpose }))
    .output(caseDetail),
  setRetention: command('signed-in', 'cases.set-retention', { access: null, approval: 'retention-change' })
    .input(z.object({ id: caseId, retentionDays }))
    .output(caseDetail),
  setState: command('signed-in', 'cases.set-state', { access: null })
    .input(z.object({ id: caseId, state: z.enum(['open', 'closed']) }))
    .output(caseDetail),
  /** `access` null takes the person out. The last lead stays. */
  setMember: command('signed-in', 'cases.set-member', { access: null })
    .input(z.object({ id: caseId, personId: id, access: z.enum(caseAccess).nullable() }))
    .output(caseDetail),
  /** Who can be made a member: people whose role works in cases. */
  candidates: query('cases.use').output(z.array(z.object({ id, userName: z.string(), displayName: z.string() }))),
  setLegalHold: command('cases.administer', 'cases.set-legal-hold', { access: null })
    .input(z.object({ id: caseId, reason: z.string().trim().min(1).max(300) }))
    .output(caseDetail),
  liftLegalHold: command('cases.administer', 'cases.lift-legal-hold', { access: null, approval: 'retention-change' })
    .input(z.object({ id: caseId }))
    .output(caseDetail),
  /** Deletes the case with all in it, destroys the keys of its content, searches for what is left and records the proof. `name` must be typed. */
  remove: command('signed-in', 'cases.remove', { access: null, approval: 'retention-change' })
    .input(z.object({ id: caseId, name: z.string() }))
    .output(deletionProof),
};
