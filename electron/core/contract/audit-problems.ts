import { z } from 'zod';

/** What can be wrong with an audit log, in English; the page has its own texts by the same codes. */
export const auditProblemTexts = {
  headMissing: 'The head of the log is missing.',
  headForeign: 'The head is not one that the log wrote.',
  headEdge: 'What the head keeps of the tree does not lead to its root.',
  headRoot: 'The entries do not lead to the root of the head.',
  headSecond: 'The log holds a second head, or keys of seals that do not belong to it.',
  strayEntries: 'The log holds {{entries}} entries that the head of {{size}} does not count.',
  strayNodes: 'The tree holds {{nodes}} nodes that do not belong to it.',
  logKey: 'The public key that is noted beside the key of the log is another.',
  anchorAhead: 'The head kept outside the vault counts {{kept}} entries, the log only {{size}}: it was put back to an earlier state.',
  anchorOther: 'The first {{kept}} entries are not those of the head kept outside the vault.',
  guard: 'The guard {{name}} of the log is missing or altered.',
  table: 'The table {{name}} of the log is missing or altered.',
  index: 'The index {{name}} of the log is missing or altered.',
  foreignSchema: 'The log has a trigger, index or table that does not belong to it: {{name}}.',
  missing: 'The entry is missing.',
  missingRun: 'Entries {{first}} to {{last}} are missing.',
  node: 'Tree node {{level}}/{{index}} does not match its entries.',
  altered: 'The entry was altered: its hash does not match.',
  notCanonical: 'The entry is not in canonical form.',
  moved: 'The entry was moved: it was written as number {{written}}.',
  unreadable: 'The entry cannot be read.',
  prunedByHand: 'The entry was pruned by hand.',
  pruneUntold: '{{entries}} entries have lost their text, and no entry tells of it.',
  pruneOther: 'The entry tells of {{told}} pruned entries; those that are pruned are {{entries}} or others.',
  pruneNotes: 'The notes of what was pruned are not complete.',
  pruneNote: 'A prune is noted otherwise than the entry tells.',
  holdGone: 'The hold on the log was taken away, and no entry tells of it.',
  pages: 'Pages of the database that hold the log are damaged, so it cannot be read.',
  holdUntold: 'The log is held, and no entry tells of it.',
  sealStart: 'The log has no beginning of its seals.',
  sealStartKey: 'The key of the first epoch is not the one that the log began with.',
  sealPlace: 'The seal of epoch {{epoch}} does not hold: it stands where that of epoch {{expected}} belongs.',
  sealEmpty: 'The seal of epoch {{epoch}} does not hold: it covers no entry of its own.',
  sealChain: 'The seal of epoch {{epoch}} does not hold: it does not follow the seal before it.',
  sealSigner: 'The seal of epoch {{epoch}} does not hold: another key than that of its epoch signed it.',
  sealRoot: 'The seal of epoch {{epoch}} does not hold: the first {{size}} entries are not those that were sealed.',
  sealKeyMissing: 'The key of the open epoch is missing or cannot be opened.',
  sealKeyOther: 'The key that is there is of epoch {{epoch}}; the seals end with epoch {{last}} and name another.',
  unsealed: 'Entries {{first}} to {{last}} are not sealed; an epoch ends after {{most}}.',
  alertGone: 'The alert that this entry tells of is gone.',
  alertOther: 'The alert {{alert}} was decided otherwise than the log tells.',
} as const;
export type AuditProblemCode = keyof typeof auditProblemTexts;

const codes = Object.keys(auditProblemTexts) as [AuditProblemCode, ...AuditProblemCode[]];
export const auditProblem = z.object({
  sequence: z.number().int().nullable(),
  code: z.enum(codes),
  /** What its text tells of. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** In English. */
  message: z.string(),
});
export type AuditProblem = z.infer<typeof auditProblem>;
