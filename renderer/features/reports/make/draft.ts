import type { Framework, NewAttestation, NewReport, ReportKind, ReportLanguage } from '../../../../electron/core/contract/index.ts';

/** A report as it is being put together. Days are local, `YYYY-MM-DD`, and both count. */
export type Draft = {
  readonly kind: ReportKind;
  readonly caseId: string | null;
  readonly runIds: readonly string[];
  readonly personId: string | null;
  readonly modelId: string | null;
  readonly framework: Framework;
  readonly from: string;
  readonly to: string;
  readonly language: ReportLanguage;
  /** Null: the layout that comes with Redoubt. */
  readonly templateId: string | null;
  /** Empty: the organisation's, or else the kind's own. */
  readonly classification: string;
};

export type Request = { readonly of: 'case'; readonly input: NewReport } | { readonly of: 'vault'; readonly input: NewAttestation };

/** The most runs in one report; as in the contract. */
export const mostRuns = 1000;

/** What still has to be chosen; null: nothing. */
export function missingOf(draft: Draft): 'case' | 'runs' | 'person' | 'model' | 'period' | null {
  switch (draft.kind) {
    case 'run':
      return draft.runIds.length === 0 || draft.runIds.length > mostRuns ? 'runs' : null;
    case 'case':
      return draft.caseId === null ? 'case' : null;
    case 'person':
      return draft.personId === null ? 'person' : null;
    case 'model':
      return draft.modelId === null ? 'model' : null;
    case 'egress':
      return startOf(draft.from) === null || startOf(draft.to) === null || draft.from > draft.to ? 'period' : null;
    case 'access':
    case 'compliance':
      return null;
  }
}

/** What core is asked for; null while something is missing. */
export function requestOf(draft: Draft): Request | null {
  const { kind, language, templateId, caseId, personId, modelId, framework, runIds } = draft;
  if (missingOf(draft) !== null) return null;
  const classification = draft.classification.trim();
  const style = { language, ...(templateId === null ? {} : { templateId }), ...(classification === '' ? {} : { classification }) };
  switch (kind) {
    case 'run':
      return { of: 'case', input: { ...style, kind, runIds: [...runIds] } };
    case 'case':
      return { of: 'case', input: { ...style, kind, caseId: caseId ?? '' } };
    case 'person':
      return { of: 'vault', input: { ...style, kind, personId: personId ?? '' } };
    case 'model':
      return { of: 'vault', input: { ...style, kind, modelId: modelId ?? '' } };
    case 'access':
      return { of: 'vault', input: { ...style, kind } };
    case 'compliance':
      return { of: 'vault', input: { ...style, kind, framework } };
    case 'egress':
      return { of: 'vault', input: { ...style, kind, from: startOf(draft.from) ?? 0, to: startOf(draft.to, 1) ?? 0 } };
  }
}

/** The local day of a time, `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When a local day begins, or one that many days later; null for what is no day. */
function startOf(day: string, later = 0): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined || month === undefined || date === undefined) return null;
  const start = new Date(Number(year), Number(month) - 1, Number(date)).getTime();
  if (dayOf(start) !== day) return null;
  // By the calendar: a day of the change to summer time has 23 hours.
  return later === 0 ? start : new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
}
