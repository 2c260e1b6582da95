import type { Json } from '../../contract/base.ts';
import type { ReportKind, ReportLanguage } from '../../contract/reports.ts';
import type { Section } from '../blocks.ts';
import { runSections } from '../kinds/run/sections.ts';
import { kindNames } from './built-in-templates.ts';
import { sampleRunData } from './samples/run.ts';
import { sampleProof } from './samples/proof.ts';
import type { TemplateValues } from './values.ts';

export type SampleReport = { readonly values: TemplateValues; readonly sections: Section[] };

/** A made-up report of a kind, for previews and for what a template may name. It concerns nobody and is never signed. */
export function sampleReport(kind: ReportKind, language: ReportLanguage): SampleReport {
  const { title, data, sections } = sampleOf(kind, language);
  const values: TemplateValues = {
    id: '00000000-0000-4000-8000-000000000000',
    title,
    language,
    createdAt: Date.UTC(2026, 0, 15, 9, 30),
    createdBy: language === 'en' ? 'Sample Person' : '示例人员',
    vaultId: '00000000-0000-4000-8000-000000000001',
    software: { name: 'Redoubt', version: '0.0.0' },
    organisation: { name: language === 'en' ? 'Sample Organisation' : '示例单位' },
    classification: null,
    data,
  };
  return { values, sections: [...sections, ...sampleProof(language)] };
}

function sampleOf(kind: ReportKind, language: ReportLanguage): { title: string; data: Json; sections: Section[] } {
  const data = sampleRunData(language);
  const sample = language === 'en' ? 'Sample' : '示例';
  return { title: `${kindNames[language][kind]} (${sample})`, data, sections: runSections(data, language) };
}
