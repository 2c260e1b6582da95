import { z } from 'zod';
import { caseId, command, id, leadCaseId, query, reportId, runId, sha256, timestamp } from './base.ts';

export const reportLanguage = z.enum(['en', 'zh-CN']);
export type ReportLanguage = z.infer<typeof reportLanguage>;

/** Of a case and kept in it: what runs did, or what a case is. */
export const caseReportKind = z.enum(['run', 'case']);
/** About the vault, without content of any case. */
export const attestationKind = z.enum(['person', 'model', 'access', 'compliance', 'egress']);
export const reportKind = z.enum([...caseReportKind.options, ...attestationKind.options]);
export type ReportKind = z.infer<typeof reportKind>;

/** How a report looks, whatever it is about. */
export const reportStyle = z.object({
  language: reportLanguage.default('en'),
  /** Absent: the template that ships with Redoubt for this kind and language. */
  templateId: id.optional(),
  /** The banner on every page. Absent: the organisation's, or else the kind's own. */
  classification: z.string().trim().min(1).max(80).optional(),
});
export type ReportStyle = z.infer<typeof reportStyle>;

export const reportFile = z.object({ name: z.string(), size: z.number().int(), sha256 });
export const report = z.object({
  id: reportId,
  caseId,
  kind: caseReportKind,
  /** In the order of the report; none for a report of the case. */
  runIds: z.array(runId),
  title: z.string(),
  language: reportLanguage,
  createdAt: timestamp,
  createdBy: z.string(),
  files: z.array(reportFile),
});
export type Report = z.infer<typeof report>;

export const reportCheck = z.object({ file: z.string(), ok: z.boolean(), message: z.string() });
export const reportVerification = z.object({
  verified: z.boolean(),
  checks: z.array(reportCheck),
  /** Whom the report leads to: the fingerprint is compared with what the owner of the vault says. */
  root: z.object({ subject: z.string(), sha256 }).nullable(),
  /** In words, in the language that was asked for. */
  proven: z.array(z.string()),
  notProven: z.array(z.string()),
});
export type ReportVerification = z.infer<typeof reportVerification>;

export const exportedReport = z.object({ files: z.array(z.object({ name: z.string(), base64: z.string() })) });

export const newReport = z.discriminatedUnion('kind', [
  reportStyle.extend({ kind: z.literal('run'), runIds: z.array(runId).min(1).max(1000) }),
  reportStyle.extend({ kind: z.literal('case'), caseId: leadCaseId }),
]);
export type NewReport = z.infer<typeof newReport>;

export const reportsContract = {
  /** Newest first; those that cover a run, or all. */
  list: query('reports.read')
    .input(z.object({ caseId: caseId.optional(), runId: runId.optional() }).default({}))
    .output(z.array(report)),
  /** Writes and signs one report: of finished runs of one case, or of a case (by who leads it, also once it is closed). */
  create: command('reports.create', 'reports.create').input(newReport).output(report),
  /** All files of the report, also of a closed case. Leaves a leaf: it takes data out of the vault. */
  export: command('reports.create', 'reports.export', { approval: 'export', access: 'read' })
    .input(z.object({ id: reportId }))
    .output(exportedReport),
  verify: query('reports.read')
    .input(z.object({ id: reportId, language: reportLanguage.default('en') }))
    .output(reportVerification),
};
