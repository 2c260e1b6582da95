import type { PDFImage } from '@libpdf/core';
import type { Canvas } from './canvas.ts';
import type { Pages } from './pages.ts';
import { contentWidth, ink, line, margin, paper, quiet } from './theme.ts';
import { shorten } from './wrap.ts';

export type Frame = {
  readonly title: string;
  readonly id: string;
  readonly organisation: string | null;
  readonly classification: string | null;
  readonly logo: PDFImage | null;
};

const size = 8;
const right = paper.width - margin.right;
/** Largest size of the logo on the first page and on the others. */
const logoRoom = { first: { width: 170, height: 40 }, other: { width: 110, height: 18 } };

/** What stands around the content of every page: classification, logo and name, title, report and page number. */
export function drawFrame(pages: Pages, frame: Frame): void {
  const { length } = pages.all;
  for (const [index, canvas] of pages.all.entries()) {
    canvas.belongsTo(null);
    drawClassification(pages, canvas, frame);
    drawHead(pages, canvas, frame, index === 0);
    const number = `${index + 1} / ${length}`;
    canvas.text(`Redoubt · ${frame.id}`, margin.left, 42, size, 'regular', quiet);
    canvas.text(number, right - pages.width(number, size), 42, size, 'regular', ink);
    canvas.finish();
  }
}

/** A band at the top and at the bottom. */
function drawClassification(pages: Pages, canvas: Canvas, { classification }: Frame): void {
  if (classification === null) return;
  const { text, at } = fitting(pages, classification);
  const width = pages.width(text, at, 'bold');
  for (const y of [paper.height - 28, 16]) {
    canvas.fill(margin.left, y, contentWidth, 15, ink);
    canvas.text(text, (paper.width - width) / 2, y + 7.5 - at * 0.36, at, 'bold', { type: 'RGB', red: 1, green: 1, blue: 1 });
  }
}

function fitting(pages: Pages, classification: string): { text: string; at: number } {
  const text = classification.replace(/\s+/g, ' ').trim();
  const at = [9, 8, 7, 6].find((each) => pages.width(text, each, 'bold') <= contentWidth - 12) ?? 6;
  return { at, text: shorten(text, contentWidth - 12, (part) => pages.width(part, at, 'bold')) };
}

function drawHead(pages: Pages, canvas: Canvas, { title, organisation, logo }: Frame, isFirst: boolean): void {
  const room = isFirst ? logoRoom.first : logoRoom.other;
  const base = paper.height - 62;
  let left = margin.left;
  if (logo) {
    const scale = Math.min(room.width / logo.width, room.height / logo.height);
    const [width, height] = [logo.width * scale, logo.height * scale];
    canvas.image(logo, left, isFirst ? base - 14 : base + 3 - height / 2, width, height);
    left += width + 8;
  }
  // The first page has both in full as its title.
  if (isFirst) return;
  const measure = (part: string) => pages.width(part, size);
  const name = organisation === null ? '' : shorten(organisation, (right - left) * 0.45, measure);
  if (name !== '') canvas.text(name, left, base, size, 'regular', quiet);
  const after = name === '' ? left : left + measure(name) + 16;
  const shown = shorten(title, right - after, measure);
  canvas.text(shown, right - measure(shown), base, size, 'regular', quiet);
  canvas.rule(margin.left, right, base - 9, 0.6, line);
}
