import { z } from 'zod';
import { command, id, query, sha256, timestamp } from './base.ts';

export const reportFile = z.object({ name: z.string(), size: z.number().int(), sha256 });
export const report = z.object({ id, runId: id, title: z.string(), createdAt: timestamp, createdBy: z.string(), files: z.array(reportFile) });
export type Report = z.infer<typeof report>;

export const reportCheck = z.object({ file: z.string(), ok: z.boolean(), message: z.string() });
export const reportVerification = z.object({ verified: z.boolean(), checks: z.array(reportCheck) });
export type ReportVerification = z.infer<typeof reportVerification>;

export const reportsContract = {
  list: query('reports.read').input(z.object({ runId: id.optional() })).output(z.array(report)),
  /** Writes and signs a report of one finished run, in the language asked for. */
  create: command('reports.create', 'reports.create').input(z.object({ runId: id, language: z.enum(['en', 'zh-CN']).default('en') })).output(report),
  /** All files of the report. Leaves a leaf: it takes data out of the vault. */
  export: command('reports.create', 'reports.export')
    .input(z.object({ id }))
    .output(z.object({ files: z.array(z.object({ name: z.string(), base64: z.string() })) })),
  verify: query('reports.read').input(z.object({ id })).output(reportVerification),
};
