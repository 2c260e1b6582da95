import type { Block } from '../../blocks.ts';
import type { FrameTexts } from '../frame-texts.ts';
import type { Pages } from '../pages.ts';
import { band, contentWidth, info, ink, line, lineHeight, margin, paper, warning, white } from '../theme.ts';

type Of<T extends Block['type']> = Extract<Block, { type: T }>;

export async function drawText(pages: Pages, { text }: Of<'text'>): Promise<void> {
  for (const paragraph of text.split(/\n[ \t]*\n/)) {
    if (pages.left < 2.5 * lineHeight(9) && pages.lines(paragraph, contentWidth, 9).length > 2) pages.begin();
    pages.text(paragraph);
    pages.skip(4);
    await pages.breathe();
  }
  pages.skip(3);
}

/** The title of a section, over a rule. */
export function drawSectionTitle(pages: Pages, title: string): void {
  pages.room(100);
  pages.skip(13);
  pages.element('H2');
  pages.landmark(title, 1);
  pages.text(title, { size: 13, weight: 'bold' });
  pages.skip(3);
  pages.canvas.rule(margin.left, paper.width - margin.right, pages.y, 0.8, line);
  pages.skip(7);
}

export function drawHeading(pages: Pages, { level, text }: Of<'heading'>): void {
  const size = level === 2 ? 11 : 9.5;
  pages.room(level === 2 ? 80 : 70);
  pages.skip(6);
  pages.landmark(text, level);
  pages.text(text, { size, weight: 'bold' });
  pages.skip(3);
}

export async function drawList(pages: Pages, { ordered, items }: Of<'list'>): Promise<void> {
  const size = 9;
  const widest = pages.width(`${items.length}.`, size);
  const indent = ordered ? widest + 7 : 12;
  for (const [index, item] of items.entries()) {
    pages.room(lineHeight(size));
    const mark = ordered ? `${index + 1}.` : '•';
    const x = ordered ? margin.left + widest - pages.width(mark, size) : margin.left + 2;
    pages.draw(mark, x, pages.y - lineHeight(size) + size * 0.28, { size });
    pages.text(item, { size }, margin.left + indent, contentWidth - indent);
    pages.skip(2);
    await pages.breathe();
  }
  pages.skip(5);
}

/** A box with a bar at its left, a sign and the word for its tone. It may go on on the next page. */
export function drawNotice(pages: Pages, { tone, text }: Of<'notice'>, texts: FrameTexts): void {
  const size = 9;
  const color = tone === 'warning' ? warning : info;
  const lines = pages.lines(text, contentWidth - 38, size);
  pages.room((Math.min(lines.length, 3) + 1) * lineHeight(size) + 14);
  for (let from = -1; from < lines.length;) {
    const fitting = Math.max(1, Math.floor((pages.left - 12) / lineHeight(size)));
    const shown = Math.min(lines.length - from, fitting);
    const height = shown * lineHeight(size) + 11;
    pages.canvas.fill(margin.left, pages.y - height, contentWidth, height, band);
    pages.canvas.fill(margin.left, pages.y - height, 2.5, height, color);
    pages.skip(5);
    for (let index = from; index < from + shown; index += 1) {
      pages.skip(lineHeight(size));
      const y = pages.y + size * 0.28;
      if (index === -1) sign(pages, tone, y);
      pages.draw(
        index === -1 ? texts.tones[tone] : (lines[index] ?? ''),
        margin.left + 27,
        y,
        index === -1 ? { size, weight: 'bold', color } : { size, color: ink },
      );
    }
    pages.skip(6);
    from += shown;
    if (from < lines.length) pages.begin();
  }
  pages.skip(9);
}

/** An i in a disc, or an exclamation mark in a triangle. */
function sign(pages: Pages, tone: 'info' | 'warning', y: number): void {
  const x = margin.left + 15;
  if (tone === 'info') pages.canvas.circle(x, y + 3, 5, info);
  else
    pages.canvas.shape(
      [
        [x - 6, y - 2],
        [x + 6, y - 2],
        [x, y + 8.6],
      ],
      warning,
    );
  const mark = tone === 'info' ? 'i' : '!';
  const size = tone === 'info' ? 8 : 7.5;
  pages.draw(mark, x - pages.width(mark, size, 'bold') / 2, y + (tone === 'info' ? 0.2 : -0.8), { size, weight: 'bold', color: white });
}
