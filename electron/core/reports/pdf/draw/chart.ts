import type { Block } from '../../blocks.ts';
import type { FrameTexts } from '../frame-texts.ts';
import type { Pages } from '../pages.ts';
import { contentWidth, ink, lineHeight, margin, paper, quiet, seriesColors } from '../theme.ts';
import { drawColumns } from './chart-columns.ts';
import { drawRows } from './chart-rows.ts';
import { drawMarker } from './marker.ts';

export type Chart = Extract<Block, { type: 'chart' }>;

/** Bars whose names are longer than their place lie on their side, up to so many. */
const mostRows = 60;

/** Caption, legend, then the chart itself: upright, or lying where the names of bars are long. */
export function drawChart(pages: Pages, chart: Chart, texts: FrameTexts): void {
  const { caption, labels, series } = chart;
  if (labels.length === 0) {
    drawCaption(pages, caption);
    pages.text(texts.noData, { color: quiet });
    pages.skip(9);
    return;
  }
  const slot = (contentWidth - 50) / labels.length;
  const isLying = chart.chart === 'bar' && labels.length <= mostRows && labels.some((label) => pages.width(label, 7.5) > slot * 1.6);
  pages.room(isLying ? 150 : 235);
  drawCaption(pages, caption);
  if (series.length > 1) drawLegend(pages, chart);
  if (isLying) drawRows(pages, chart);
  else drawColumns(pages, chart);
  pages.skip(12);
}

function drawCaption(pages: Pages, caption: string): void {
  if (caption === '') return;
  pages.text(caption, { size: 9, weight: 'bold' });
  pages.skip(7);
}

/** The series in their order, each with its mark: a colour and a form. */
function drawLegend(pages: Pages, { chart, series }: Chart): void {
  const size = 8;
  let x = margin.left;
  pages.skip(lineHeight(size));
  for (const [index, { name }] of series.entries()) {
    const [first = '', ...more] = pages.lines(name, contentWidth - 24, size);
    const width = 16 + pages.width(first, size) + 14;
    if (x > margin.left && x + width > paper.width - margin.right) {
      x = margin.left;
      pages.skip(lineHeight(size));
    }
    const color = seriesColors[index % seriesColors.length] ?? ink;
    if (chart === 'bar') pages.canvas.fill(x + 2, pages.y + 1.5, 8, 7, color);
    else {
      pages.canvas.stroke(
        [
          [x, pages.y + 5],
          [x + 12, pages.y + 5],
        ],
        1.2,
        color,
      );
      drawMarker(pages.canvas, index, x + 6, pages.y + 5, color);
    }
    pages.draw(first, x + 16, pages.y + 2.3, { size });
    for (const part of more) {
      pages.skip(lineHeight(size));
      pages.draw(part, margin.left + 16, pages.y + 2.3, { size });
    }
    x = more.length > 0 ? paper.width : x + width;
  }
  pages.skip(6);
}
