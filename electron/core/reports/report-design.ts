import type { ReportKind, ReportLanguage } from '../contract/reports.ts';
import type { Logo } from '../organisation/read-logo.ts';
import type { Section } from './blocks.ts';
import type { TemplateValues } from './templates/values.ts';

export type WantedDesign = { readonly kind: ReportKind; readonly language: ReportLanguage; readonly templateId?: string | undefined };
/** `data` is what report.json holds of the kind. */
export type DesignedValues = Omit<TemplateValues, 'data'> & { readonly data: unknown };
export type Arranged = {
  /** Null: the one that ships with Redoubt. */
  readonly template: { readonly name: string; readonly sha256: string } | null;
  readonly sections: Section[];
};

/** What an organisation gives a report: its name, its logo, its banner and the template that the PDF follows. */
export interface DesignSource {
  whose(): { organisation: { name: string } | null; classification: string | null };
  logo(): Logo | null;
  /** @throws AppError `templates/not-found` (also for one of another kind or language), `templates/failed` */
  arrange(wanted: WantedDesign, values: DesignedValues, sections: readonly Section[]): Promise<Arranged>;
}

/** Of an organisation that has not said anything. */
export const noDesign: DesignSource = {
  whose: () => ({ organisation: null, classification: null }),
  logo: () => null,
  arrange: (_wanted, _values, sections) => Promise.resolve({ template: null, sections: [...sections] }),
};
