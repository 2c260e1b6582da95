import type { Language, ReportContent } from '../kind.ts';
import { isClean } from '../run/gather.ts';
import { gatherCase, type CaseSources } from './gather.ts';
import { caseSections } from './sections.ts';
import { caseTexts } from './texts.ts';

/** What a case is, for who leads it. @throws AppError `request/not-found` */
export async function caseContent(sources: CaseSources, caseId: string, language: Language): Promise<ReportContent> {
  const { data, masks, leaves } = await gatherCase(sources, caseId);
  return {
    title: caseTexts[language].title(data.case.name),
    matter: { kind: 'case', data },
    sections: caseSections(data, language),
    evidence: { sequences: leaves.map(({ sequence }) => sequence), mayShow: (leaf) => isClean(leaf, masks) },
  };
}
