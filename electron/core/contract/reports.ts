import { z } from 'zod';
import { caseId, command, query, reportId, runId, sha256, timestamp } from './base.ts';

export const reportFile = z.object({ name: z.string(), size: z.number().int(), sha256 });
export const report = z.object({
  id: reportId,
  caseId,
  /** In the order of the report. */ runIds: z.array(runId),
  title: z.string(),
  createdAt: timestamp,
  createdBy: z.string(),
  files: z.array(reportFile),
});
export type Report = z.infer<typeof report>;

export const reportCheck = z.object({ file: z.string(), ok: z.boolean(), message: z.string() });
export const reportVerification = z.object({ verified: z.boolean(), checks: z.array(reportCheck) });
export type ReportVerification = z.infer<typeof reportVerification>;

export const reportsContract = {
  /** Newest first; those that cover a run, or all. */
  list: query('reports.read')
    .input(z.object({ caseId: caseId.optional(), runId: runId.optional() }).default({}))
    .output(z.array(report)),
  /** Writes and signs one report of finished runs of one case, in the language asked for. */
  create: command('reports.create', 'reports.create')
    .input(z.object({ runIds: z.array(runId).min(1).max(1000), language: z.enum(['en', 'zh-CN']).default('en') }))
    .output(report),
  /** All files of the report, also of a closed case. Leaves a leaf: it takes data out of the vault. */
  export: command('reports.create', 'reports.export', { approval: 'export', access: 'read' })
    .input(z.object({ id: reportId }))
    .output(z.object({ files: z.array(z.object({ name: z.string(), base64: z.string() })) })),
  verify: query('reports.read')
    .input(z.object({ id: reportId }))
    .output(reportVerification),
};
