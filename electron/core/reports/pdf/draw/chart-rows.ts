import type { Pages } from '../pages.ts';
import { contentWidth, ink, line, margin, paper, quiet, seriesColors } from '../theme.ts';
import type { Chart } from './chart.ts';
import { figure, scaleOf } from './scale.ts';

const size = 7.5;
const barHeight = 9;

/** Bars that lie, their names at the left and their figures at their ends. It may go on on the next page. */
export function drawRows(pages: Pages, { labels, series, unit }: Chart): void {
  const scale = scaleOf(series.flatMap(({ values }) => values));
  const nameWidth = Math.min(contentWidth * 0.42, Math.max(...labels.map((label) => pages.width(label, size))) + 2);
  const figures = series.map(({ values }) => values.map((value) => figure(value) + (unit ? ` ${unit}` : '')));
  const figureWidth = Math.min(contentWidth * 0.2, Math.max(...figures.flat().map((text) => pages.width(text, size))) + 6);
  const left = margin.left + nameWidth + 8;
  const room = paper.width - margin.right - figureWidth - left;
  const x = (value: number) => left + ((value - scale.from) / (scale.to - scale.from)) * room;
  for (const [index, label] of labels.entries()) {
    const names = pages.lines(label, nameWidth, size);
    const height = Math.max(names.length * size * 1.3, series.length * barHeight) + 4;
    pages.room(height + 4);
    pages.canvas.stroke(
      [
        [x(0), pages.y + 1],
        [x(0), pages.y - height + 1],
      ],
      0.8,
      line,
    );
    const middle = pages.y - height / 2;
    for (const [number, part] of names.entries()) {
      const y = middle + (names.length / 2 - number - 1) * size * 1.3 + size * 0.4;
      pages.draw(part, left - 6 - pages.width(part, size), y, { size });
    }
    for (const [number, { values }] of series.entries()) {
      const value = values[index] ?? 0;
      const y = middle + (series.length / 2 - number - 1) * barHeight;
      const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))];
      pages.canvas.fill(from, y + 1, Math.max(0.6, to - from), barHeight - 2, seriesColors[number % seriesColors.length] ?? ink);
      pages.draw(figures[number]?.[index] ?? '', to + 4, y + 2.2, { size, color: quiet });
    }
    pages.skip(height);
  }
}
