import type { Framework, NewAttestation, NewReport, ReportKind, ReportLanguage } from '../../../../electron/core/contract/index.ts';

/** A report as it is being put together. Days are those of UTC, as in the report itself, `YYYY-MM-DD`; both count. */
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

/** The day of a time by UTC, `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export const dayMs = 24 * 60 * 60 * 1000;

/** When a day begins, or one that many days later; null for what is no day. */
function startOf(day: string, later = 0): number | null {
  const start = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(start) || dayOf(start) !== day ? null : start + later * dayMs;
}
