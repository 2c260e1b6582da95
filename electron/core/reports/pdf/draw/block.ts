import type { Block } from '../../blocks.ts';
import type { Element } from '../canvas.ts';
import type { FrameTexts } from '../frame-texts.ts';
import type { Pages } from '../pages.ts';
import { drawChart } from './chart.ts';
import { drawControls } from './controls.ts';
import { drawHeading, drawList, drawNotice, drawText } from './prose.ts';
import { figure } from './scale.ts';
import { drawFacts, drawTable } from './table.ts';

/** Draws one part of a report below what is there. */
export async function drawBlock(pages: Pages, block: Block, texts: FrameTexts): Promise<void> {
  pages.element(roleOf(block), block.type === 'chart' ? inWords(block) : null);
  switch (block.type) {
    case 'text':
      return drawText(pages, block);
    case 'heading':
      return drawHeading(pages, block);
    case 'list':
      return drawList(pages, block);
    case 'facts':
      return drawFacts(pages, block);
    case 'table':
      return drawTable(pages, block, texts);
    case 'chart':
      return drawChart(pages, block, texts);
    case 'controls':
      return drawControls(pages, block, texts);
    case 'notice':
      return drawNotice(pages, block, texts);
  }
}

function roleOf(block: Block): Element['role'] {
  if (block.type === 'heading') return block.level === 2 ? 'H3' : 'H4';
  return block.type === 'chart' ? 'Figure' : 'P';
}

/** Longest text that stands for a chart. */
const longestAlt = 2000;

/** What a chart says, for who does not see it. */
function inWords({ caption, unit, labels, series }: Extract<Block, { type: 'chart' }>): string {
  const points = labels.map((label, index) => {
    const values = series.map(({ name, values: all }) => `${series.length > 1 ? `${name} ` : ''}${figure(all[index] ?? 0)}`);
    return `${label}: ${values.join(', ')}`;
  });
  return `${caption}${unit === null ? '' : ` (${unit})`}. ${points.join('; ')}`.slice(0, longestAlt);
}
