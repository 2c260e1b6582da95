import type { ReportKind, ReportLanguage } from '../contract/reports.ts';

/** What an organisation gives a report: its name, its banner and the template that the PDF follows. */
export type ReportDesign = {
  readonly organisation: { readonly name: string } | null;
  readonly classification: string | null;
  /** Null: the one that ships with Redoubt. */
  readonly template: { readonly name: string; readonly sha256: string } | null;
};

export type WantedDesign = { readonly kind: ReportKind; readonly language: ReportLanguage; readonly templateId: string | null };
/** @throws AppError for a template that is not there or is for another kind or language */
export type DesignSource = (wanted: WantedDesign) => ReportDesign;

/** Of an organisation that has not said anything. */
export const noDesign: DesignSource = () => ({ organisation: null, classification: null, template: null });
