import { auditProblemTexts, type AuditProblem, type AuditProblemCode } from '../../contract/audit-problems.ts';

/** Tells of something that is wrong with an entry, or (null) with the log. */
export type Report = (sequence: number | null, code: AuditProblemCode, values?: AuditProblem['values']) => void;

/** A problem with its text in English. */
export function problem(...[sequence, code, values = {}]: Parameters<Report>): AuditProblem {
  const message = auditProblemTexts[code].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  return { sequence, code, values, message };
}
