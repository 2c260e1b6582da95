import type { Block } from '../../blocks.ts';
import type { FrameTexts } from '../frame-texts.ts';
import type { Pages } from '../pages.ts';
import { drawChart } from './chart.ts';
import { drawControls } from './controls.ts';
import { drawHeading, drawList, drawNotice, drawText } from './prose.ts';
import { drawFacts, drawTable } from './table.ts';

/** Draws one part of a report below what is there. */
export async function drawBlock(pages: Pages, block: Block, texts: FrameTexts): Promise<void> {
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
