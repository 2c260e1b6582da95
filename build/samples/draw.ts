import { createRequire } from 'node:module';
import path from 'node:path';
import { GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
import type { SampleContent } from './content.ts';

const pdfjs = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
GlobalFonts.registerFromPath(path.join(pdfjs, 'standard_fonts/LiberationSans-Regular.ttf'), 'Sample Latin');
GlobalFonts.registerFromPath(path.join(import.meta.dirname, '../../resources/fonts/DroidSansFallbackFull.ttf'), 'Sample Chinese');

/** Page size in points (A5: short documents, large enough print). */
export const page = { width: 420, height: 595 } as const;

/** Draws a sample on a page of `page` units. */
export function drawSample(context: SKRSContext2D, { language, title, lines, closing }: SampleContent): void {
  const font = (size: number) => `${size}px "${language === 'zh' ? 'Sample Chinese' : 'Sample Latin'}"`;
  const left = 44;
  context.fillStyle = '#111';
  context.font = font(20);
  context.fillText(title, left, 70);
  context.fillRect(left, 84, page.width - 2 * left, 0.8);
  let y = 118;
  context.font = font(12.5);
  for (const [label, value] of lines) {
    context.fillText(`${label}${language === 'zh' ? '：' : ': '}${value}`, left, y);
    y += 26;
  }
  y += 14;
  context.font = font(11.5);
  for (const line of closing) {
    context.fillText(line, left, y);
    y += 22;
  }
}
