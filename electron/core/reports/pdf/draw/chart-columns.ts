import type { Point } from '../canvas.ts';
import type { Pages } from '../pages.ts';
import { ink, line, lineHeight, margin, paper, quiet, seriesColors } from '../theme.ts';
import type { Chart } from './chart.ts';
import { drawMarker } from './marker.ts';
import { figure, scaleOf } from './scale.ts';

const plotHeight = 142;
const size = 7.5;
/** Beyond so many points a line is drawn without marks, dashed apart. */
const mostMarks = 45;
const dashes: readonly (readonly number[])[] = [[], [6, 2], [2, 2], [8, 2, 2, 2], [1, 1.5], [10, 3]];

type Plot = { readonly left: number; readonly right: number; readonly bottom: number; readonly slot: number; y(value: number): number };

/** Bars that stand, or lines: the value axis at the left, the labels below. */
export function drawColumns(pages: Pages, chart: Chart): void {
  const { labels, series, unit } = chart;
  const scale = scaleOf(series.flatMap(({ values }) => values));
  const names = scale.ticks.map(figure);
  const left = margin.left + Math.max(...names.map((name) => pages.width(name, size))) + 8;
  const right = paper.width - margin.right;
  if (unit) {
    pages.skip(lineHeight(size));
    pages.draw(unit, margin.left, pages.y + 2, { size, color: quiet });
    pages.skip(3);
  }
  const bottom = pages.y - plotHeight - 6;
  const plot: Plot = {
    left,
    right,
    bottom,
    slot: (right - left) / labels.length,
    y: (value) => bottom + ((value - scale.from) / (scale.to - scale.from)) * plotHeight,
  };
  for (const [index, tick] of scale.ticks.entries()) {
    const name = names[index] ?? '';
    pages.canvas.rule(left, right, plot.y(tick), tick === 0 ? 0.9 : 0.4, tick === 0 ? quiet : line);
    pages.draw(name, left - 6 - pages.width(name, size), plot.y(tick) - size * 0.35, { size, color: quiet });
  }
  if (chart.chart === 'bar') drawBars(pages, chart, plot);
  else drawLines(pages, chart, plot);
  pages.y = bottom;
  drawLabels(pages, labels, plot);
}

function drawBars(pages: Pages, { labels, series }: Chart, { left, slot, y }: Plot): void {
  const group = Math.min(slot * 0.76, 46 * series.length);
  const width = group / series.length;
  const showsFigures = series.length * labels.length <= 14;
  for (const [number, { values }] of series.entries()) {
    const color = seriesColors[number % seriesColors.length] ?? ink;
    for (const [index, value] of values.entries()) {
      const x = left + slot * index + (slot - group) / 2 + width * number;
      const [from, to] = [y(Math.min(0, value)), y(Math.max(0, value))];
      pages.canvas.fill(x, from, Math.max(0.4, width - (width > 3 ? 1 : 0)), to - from, color);
      const text = figure(value);
      const textWidth = pages.width(text, 7);
      if (showsFigures && textWidth <= slot / series.length + 4)
        pages.draw(text, x + (width - 1 - textWidth) / 2, value < 0 ? from - 7.5 : to + 2.5, { size: 7 });
    }
  }
}

function drawLines(pages: Pages, { labels, series }: Chart, { left, slot, y }: Plot): void {
  const marked = labels.length <= mostMarks;
  for (const [number, { values }] of series.entries()) {
    const color = seriesColors[number % seriesColors.length] ?? ink;
    const points = values.map((value, index): Point => [left + slot * (index + 0.5), y(value)]);
    if (points.length > 1) pages.canvas.stroke(points, 1.3, color, marked ? [] : dashes[number % dashes.length]);
    if (marked) for (const [px, py] of points) drawMarker(pages.canvas, number, px, py, color);
  }
}

/** As many labels as find room without touching, the first among them; each over up to three lines, and no word broken. */
function drawLabels(pages: Pages, labels: readonly string[], { left, right, slot }: Plot): void {
  const most = 3;
  const words = labels.map((label) => Math.max(...label.split(/\s+|(?<=[\u2E80-\u9FFF])/).map((word) => pages.width(word, size))));
  const lines = (index: number, step: number) => pages.lines(labels[index] ?? '', slot * step - 3, size);
  const fits = (step: number) =>
    words.every((width, index) => index % step > 0 || (width <= slot * step - 3 && lines(index, step).length <= most));
  let step = 1;
  while (step < labels.length && !fits(step)) step += 1;
  let deepest = 0;
  for (let index = 0; index < labels.length; index += step) {
    const parts = lines(index, step);
    const middle = left + slot * (index + 0.5);
    for (const [number, part] of parts.entries()) {
      const width = pages.width(part, size);
      const x = Math.max(margin.left, Math.min(right - width, middle - width / 2));
      pages.draw(part, x, pages.y - 10 - number * size * 1.25, { size, color: quiet });
    }
    deepest = Math.max(deepest, parts.length);
  }
  pages.skip(4 + deepest * size * 1.3);
}
