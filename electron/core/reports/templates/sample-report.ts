import type { ReportKind, ReportLanguage } from '../../contract/reports.ts';
import type { Section } from '../blocks.ts';
import { accessSections } from '../kinds/access/content.ts';
import { caseSections } from '../kinds/case/sections.ts';
import { complianceSections, dataOf } from '../kinds/compliance/content.ts';
import { egressSections } from '../kinds/egress/content.ts';
import { modelSections } from '../kinds/model/content.ts';
import { personSections } from '../kinds/person/content.ts';
import { runSections } from '../kinds/run/sections.ts';
import type { DesignedValues } from '../report-design.ts';
import { kindNames } from './built-in-templates.ts';
import { sampleCase, sampleRun } from './samples/case.ts';
import { sampleAt, sampleId, sampleNames } from './samples/names.ts';
import { sampleProof } from './samples/proof.ts';
import { sampleAccess, sampleAssessment, sampleEgress, sampleModel, samplePerson } from './samples/vault.ts';

export type SampleReport = { readonly values: DesignedValues; readonly sections: Section[] };
type Matter = { readonly data: unknown; readonly sections: Section[] };

/** A made-up report of a kind, for previews and for what a template may name. It concerns nobody and is never signed. */
export function sampleReport(kind: ReportKind, language: ReportLanguage): SampleReport {
  const { data, sections } = matters[kind](language);
  const { person, organisation, sample } = sampleNames[language];
  const values: DesignedValues = {
    id: sampleId(0),
    title: `${kindNames[language][kind]} (${sample})`,
    language,
    createdAt: sampleAt,
    createdBy: person,
    vaultId: sampleId(99),
    software: { name: 'Redoubt', version: '0.0.0' },
    organisation: { name: organisation },
    classification: null,
    data,
  };
  return { values, sections: [...sections, ...sampleProof(language)] };
}

/** The sections are those that real reports are made of. */
function matter<T>(dataIn: (language: ReportLanguage) => T, sectionsOf: (data: T, language: ReportLanguage) => Section[]) {
  return (language: ReportLanguage): Matter => {
    const data = dataIn(language);
    return { data, sections: sectionsOf(data, language) };
  };
}

const matters: Readonly<Record<ReportKind, (language: ReportLanguage) => Matter>> = {
  run: matter(sampleRun, runSections),
  case: matter(sampleCase, caseSections),
  person: matter(samplePerson, personSections),
  model: matter(sampleModel, modelSections),
  access: matter(sampleAccess, accessSections),
  egress: matter(sampleEgress, egressSections),
  compliance: (language) => ({ data: dataOf(sampleAssessment, language), sections: complianceSections(sampleAssessment, language) }),
};
