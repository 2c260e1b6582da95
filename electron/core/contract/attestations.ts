import { z } from 'zod';
import { command, id, query, timestamp } from './base.ts';
import { attestationKind, exportedReport, reportFile, reportLanguage, reportStyle, reportVerification } from './reports.ts';

/** Whose requirements a compliance report goes through: 网络安全等级保护 level 3, 个人信息保护法, and the Security Rule of HIPAA. */
export const framework = z.enum(['gbt22239', 'pipl', 'hipaa']);
export type Framework = z.infer<typeof framework>;

/** A signed report about the vault itself. It shows no content of a case. */
export const attestation = z.object({
  id,
  kind: attestationKind,
  /** What it is about: the id of a person or model, the framework, the period; empty for all people. */
  subject: z.string(),
  title: z.string(),
  language: reportLanguage,
  createdAt: timestamp,
  createdBy: z.string(),
  files: z.array(reportFile),
});
export type Attestation = z.infer<typeof attestation>;

export const newAttestation = z.discriminatedUnion('kind', [
  /** What the vault holds about a person (data-subject access). */
  reportStyle.extend({ kind: z.literal('person'), personId: id }),
  /** Model card and history of changes. */
  reportStyle.extend({ kind: z.literal('model'), modelId: id }),
  /** Who may do what. */
  reportStyle.extend({ kind: z.literal('access') }),
  reportStyle.extend({ kind: z.literal('compliance'), framework }),
  /** What left the vault from `from` up to, but not including, `to`. */
  reportStyle.extend({ kind: z.literal('egress'), from: timestamp, to: timestamp }),
]);
export type NewAttestation = z.infer<typeof newAttestation>;

export const attestationsContract = {
  /** Newest first. */
  list: query('attestations.make').output(z.array(attestation)),
  /** The people and models that one can be about; a model that was removed is here as long as the audit log knows it. */
  choices: query('attestations.make').output(
    z.object({
      people: z.array(z.object({ id, userName: z.string(), displayName: z.string() })),
      models: z.array(z.object({ id, name: z.string(), removed: z.boolean() })),
    }),
  ),
  create: command('attestations.make', 'attestations.create').input(newAttestation).output(attestation),
  /** All files of it. Leaves a leaf: it takes data out of the vault. */
  export: command('attestations.make', 'attestations.export', { approval: 'export' }).input(z.object({ id })).output(exportedReport),
  verify: query('attestations.make')
    .input(z.object({ id, language: reportLanguage.default('en') }))
    .output(reportVerification),
};
