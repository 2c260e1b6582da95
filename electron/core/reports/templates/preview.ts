import type { ReportKind, ReportLanguage } from '../../contract/reports.ts';
import type { TemplateProblem } from '../../contract/templates.ts';
import { wordsOf } from '../kinds/words.ts';
import { layOutReport } from '../pdf/report-pdf.ts';
import type { DesignService, Reader } from './design.service.ts';
import { sampleReport } from './sample-report.ts';

type Wanted = { kind: ReportKind; language: ReportLanguage; text: string; classification: string | null; page: number };
export type Preview = {
  pdfBase64: string;
  pages: number;
  picture: { page: number; mediaType: 'image/png' | 'image/jpeg'; base64: string; width: number; height: number };
};

/** Longest side of the picture of a page, pixels. */
const maxSide = 1400;

/**
 * What a template would look like, with a made-up report. Nothing is stored.
 * @param resources the application's folder with the fonts
 */
export async function previewTemplate(
  { design, reader, resources }: { design: DesignService; reader: Reader; resources: string },
  { kind, language, text, classification, page }: Wanted,
  signal?: AbortSignal,
): Promise<{ problems: TemplateProblem[]; preview: Preview | null }> {
  const { values, sections } = sampleReport(kind, language);
  const { name, classification: usual } = design.organisation.get();
  const banner = classification ?? usual ?? wordsOf(language).classification;
  const shown = { ...values, organisation: name === null ? null : { name }, classification: banner };
  const rendered = await design.templates.render(text, shown, sections, { strict: true, signal });
  const problems = [...rendered.problems];
  if (problems.some(({ severity }) => severity === 'error')) return { problems, preview: null };
  const pdf = await layOutReport({ ...shown, sections: rendered.sections }, resources, design.organisation.logo());
  const bytes = await pdf.save({ subsetFonts: true });
  const pages = pdf.getPageCount();
  const number = Math.min(page, pages);
  const drawn = await reader.call('renderPage', { bytes, name: 'preview.pdf', number, maxSide }, { signal });
  const { mediaType, width, height } = drawn;
  const picture = { page: number, mediaType, base64: Buffer.from(drawn.bytes).toString('base64'), width, height };
  return { problems, preview: { pdfBase64: Buffer.from(bytes).toString('base64'), pages, picture } };
}
