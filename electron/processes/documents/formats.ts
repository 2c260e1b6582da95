import type { FormatName } from './choose-format.ts';
import type { Format } from './format.ts';
import { imageFormat } from './image/image.format.ts';
import { pdfFormat } from './pdf/pdf.format.ts';
import { textFormat } from './text/text.format.ts';

export const formats: Readonly<Record<FormatName, Format>> = {
  pdf: pdfFormat,
  image: imageFormat,
  text: textFormat('text'),
  markdown: textFormat('markdown'),
};
