import type { Block } from '../../blocks.ts';
import type { Canvas } from '../canvas.ts';
import type { FrameTexts } from '../frame-texts.ts';
import type { Pages, Style } from '../pages.ts';
import { bad, contentHeight, contentWidth, duty, good, ink, line, lineHeight, margin, paper, quiet, white } from '../theme.ts';

type Control = Extract<Block, { type: 'controls' }>['items'][number];
type Status = Control['status'];

const markWidth = 92;
const colors = { met: good, 'not-met': bad, customer: duty } as const satisfies Record<Status, unknown>;

/** Each requirement beside a sign and a word for its status, with what was found below it. */
export async function drawControls(pages: Pages, { items }: Extract<Block, { type: 'controls' }>, texts: FrameTexts): Promise<void> {
  for (const item of items) {
    drawControl(pages, item, texts);
    await pages.breathe();
  }
  pages.skip(9);
}

function drawControl(pages: Pages, { reference, title, status, evidence }: Control, texts: FrameTexts): void {
  const width = contentWidth - markWidth;
  const rows: { text: string; indent: number; bullet: boolean; style: Required<Style> }[] = [];
  const add = (text: string, style: Required<Style>, indent: number) => {
    for (const [index, part] of pages.lines(text, width - indent, style.size, style.weight).entries())
      rows.push({ text: part, indent, bullet: indent > 0 && index === 0, style });
  };
  add(reference === '' ? title : `${reference}  ${title}`, { size: 9, weight: 'bold', color: ink }, 0);
  for (const each of evidence) add(each, { size: 8.5, weight: 'regular', color: quiet }, 10);
  const height = rows.reduce((sum, { style }) => sum + lineHeight(style.size), 0);
  const together = height < contentHeight / 3 ? height : lineHeight(9) * 3;
  pages.room(together + 10);
  pages.skip(4);
  const statusLines = pages.lines(texts.statuses[status], markWidth - 26, 8.5, 'bold');
  for (const [index, part] of statusLines.entries()) {
    const y = pages.y - lineHeight(9) * (index + 1) + 2.6;
    if (index === 0) drawMark(pages.canvas, status, margin.left + 8, y + 3);
    pages.draw(part, margin.left + 19, y, { size: 8.5, weight: 'bold', color: colors[status] });
  }
  const first = pages.all.length;
  const lowest = pages.y - lineHeight(9) * statusLines.length;
  for (const { text, indent, bullet, style } of rows) {
    pages.room(lineHeight(style.size));
    if (bullet) pages.draw('–', margin.left + markWidth, pages.y - lineHeight(style.size) + style.size * 0.28, style);
    pages.text(text, style, margin.left + markWidth + indent, width);
  }
  if (pages.all.length === first) pages.y = Math.min(pages.y, lowest);
  pages.skip(4);
  pages.canvas.rule(margin.left, paper.width - margin.right, pages.y, 0.5, line);
}

/** A disc with a tick, a square with a cross, or an empty circle with a dot: the form alone tells them apart. */
function drawMark(canvas: Canvas, status: Status, x: number, y: number): void {
  const color = colors[status];
  if (status === 'met') {
    canvas.circle(x, y, 5.2, color);
    canvas.stroke(
      [
        [x - 2.4, y - 0.1],
        [x - 0.7, y - 2],
        [x + 2.6, y + 2.1],
      ],
      1.3,
      white,
    );
  } else if (status === 'not-met') {
    canvas.fill(x - 4.8, y - 4.8, 9.6, 9.6, color);
    for (const side of [1, -1])
      canvas.stroke(
        [
          [x - 2.4, y - 2.4 * side],
          [x + 2.4, y + 2.4 * side],
        ],
        1.3,
        white,
      );
  } else {
    canvas.circle(x, y, 4.8, color, 1.1);
    canvas.circle(x, y, 1.5, color);
  }
}
