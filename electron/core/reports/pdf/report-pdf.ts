import { setImmediate } from 'node:timers/promises';
import { PDF } from '@libpdf/core';
import type { Block } from '../blocks.ts';
import type { ReportJson } from '../report-json.ts';
import { ReportFonts } from './fonts.ts';
import { PageWriter } from './page-writer.ts';
import { pdfTexts, type PdfTexts } from './texts.ts';

/**
 * Lays out `report.pdf`: the sections of report.json, for reading. `resources`: the application's folder with the fonts.
 * Between blocks other work gets its turn.
 */
export async function layOutReport(report: ReportJson, resources: string): Promise<PDF> {
  const texts = pdfTexts[report.language];
  const pdf = PDF.create();
  pdf.setTitle(report.title);
  pdf.setCreator('Redoubt');
  pdf.setLanguage(report.language);
  pdf.setCreationDate(new Date(report.createdAt));
  pdf.setModificationDate(new Date(report.createdAt));
  const writer = new PageWriter(pdf, new ReportFonts(pdf, resources));
  writer.title(report.title);
  for (const { title, blocks } of report.sections) {
    writer.heading(title);
    for (const block of blocks) {
      draw(writer, block, texts);
      await setImmediate();
    }
  }
  writer.finish(`Redoubt · ${report.id}`, report.classification ?? '', texts.page);
  return pdf;
}

function draw(writer: PageWriter, block: Block, texts: PdfTexts): void {
  switch (block.type) {
    case 'text':
    case 'notice':
      for (const paragraph of block.text.split('\n\n')) writer.text(paragraph);
      break;
    case 'heading':
      writer.subheading(block.text);
      break;
    case 'list':
      for (const [index, item] of block.items.entries()) writer.text(`${block.ordered ? `${index + 1}.` : '·'} ${item}`);
      break;
    case 'facts':
      writer.table(
        [{ share: 3.4 }, { share: 8.6 }],
        block.rows.map(({ label, value }) => [{ text: label, quiet: true }, { text: value }]),
      );
      break;
    case 'table':
      if (block.caption !== null) writer.text(block.caption, { quiet: true });
      writer.table(
        block.columns.map(({ share, align }) => ({ share, align })),
        block.rows.map((row) => row.map((text) => ({ text }))),
        block.columns.map(({ title }) => title),
      );
      break;
    case 'chart':
      // As figures.
      writer.text(block.unit === null ? block.caption : `${block.caption} (${block.unit})`, { quiet: true });
      writer.table(
        [{ share: 4 }, ...block.series.map(() => ({ share: 2, align: 'right' as const }))],
        block.labels.map((label, index) => [{ text: label }, ...block.series.map(({ values }) => ({ text: String(values[index] ?? '') }))]),
        ['', ...block.series.map(({ name }) => name)],
      );
      break;
    case 'controls':
      writer.table(
        [{ share: 2 }, { share: 4 }, { share: 1.6 }, { share: 5 }],
        block.items.map(({ reference, title, status, evidence }) => [
          { text: reference },
          { text: title },
          { text: texts.statuses[status], weight: 'bold' },
          { text: evidence.join('\n') },
        ]),
      );
      break;
  }
}
