import type { Json } from '../../contract/base.ts';
import type { ReportLanguage } from '../../contract/reports.ts';

/** What a template may name, besides `sections` (id and title of each). Times are milliseconds since the epoch. */
export type TemplateValues = {
  readonly id: string;
  readonly title: string;
  readonly language: ReportLanguage;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly vaultId: string;
  readonly software: { readonly name: string; readonly version: string };
  readonly organisation: { readonly name: string } | null;
  readonly classification: string | null;
  /** What the report's kind holds, as it stands in report.json. */
  readonly data: Json;
};

/** The paths of all values, for example `data.runs[0].flow.name`; the first element stands for all of a list. */
export function pathsOf(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [path];
  if (Array.isArray(value)) return value.length === 0 ? [path] : pathsOf(value[0], `${path}[0]`);
  return Object.entries(value).flatMap(([name, member]) => pathsOf(member, path ? `${path}.${name}` : name));
}
