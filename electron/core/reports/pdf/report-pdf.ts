import { PDF } from '@libpdf/core';
import type { ReportLanguage } from '../../contract/reports.ts';
import type { Logo } from '../../organisation/read-logo.ts';
import type { Section } from '../blocks.ts';
import { time } from '../templates/time.ts';
import { drawBlock } from './draw/block.ts';
import { drawSectionTitle } from './draw/prose.ts';
import { ReportFonts } from './fonts.ts';
import { drawFrame } from './frame.ts';
import { frameTexts } from './frame-texts.ts';
import { writeOutline } from './outline.ts';
import { Pages } from './pages.ts';
import { writeStructure } from './structure.ts';
import { quiet } from './theme.ts';

/** What is shown of a report. */
export type ShownReport = {
  readonly id: string;
  readonly title: string;
  readonly language: ReportLanguage;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly organisation: { readonly name: string } | null;
  readonly classification: string | null;
  readonly sections: readonly Section[];
};

/**
 * Lays out `report.pdf`: the sections of report.json, for reading. Other work gets its turn meanwhile.
 * @param resources the application's folder with the fonts
 */
export async function layOutReport(report: ShownReport, resources: string, logo: Logo | null = null): Promise<PDF> {
  const { title, language, organisation } = report;
  const texts = frameTexts[language];
  const pdf = PDF.create();
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setCreator('Redoubt');
  if (organisation) pdf.setAuthor(organisation.name);
  pdf.setLanguage(language);
  pdf.setCreationDate(new Date(report.createdAt));
  pdf.setModificationDate(new Date(report.createdAt));
  const pages = new Pages(pdf, new ReportFonts(pdf, resources));
  const image = logo ? pdf.embedImage(logo.png) : null;
  drawTitle(pages, report, image !== null);
  for (const section of report.sections) {
    if (section.title !== '') drawSectionTitle(pages, section.title);
    else pages.skip(6);
    if (section.blocks.length === 0) {
      pages.element('P');
      pages.text(texts.noRows, { color: quiet });
    }
    for (const block of section.blocks) {
      await drawBlock(pages, block, texts);
      await pages.breathe();
    }
  }
  pages.element('P');
  if (report.sections.length === 0) pages.text(texts.noSections, { color: quiet });
  drawFrame(pages, { title, id: report.id, organisation: organisation?.name ?? null, classification: report.classification, logo: image });
  writeOutline(pdf, pages);
  writeStructure(pdf, pages);
  return pdf;
}

function drawTitle(pages: Pages, { title, organisation, createdAt, createdBy, language }: ShownReport, hasLogo: boolean): void {
  if (hasLogo) pages.skip(14);
  else pages.y += 24;
  if (organisation) {
    pages.element('P');
    pages.text(organisation.name, { size: 10, color: quiet });
    pages.skip(2);
  }
  pages.element('H1');
  pages.text(title, { size: title.length > 80 ? 16 : 21, weight: 'bold' });
  pages.skip(3);
  pages.element('P');
  pages.text(frameTexts[language].made(time(createdAt), createdBy), { color: quiet });
  pages.skip(4);
}
