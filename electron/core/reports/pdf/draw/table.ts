import type { Block } from '../../blocks.ts';
import type { FrameTexts } from '../frame-texts.ts';
import type { Pages } from '../pages.ts';
import { band, contentHeight, contentWidth, ink, line, margin, paper, quiet } from '../theme.ts';
import { cellPadding, columnGroups, fitColumns, rightPadding, type Column, type Fitted } from './columns.ts';

type Table = Extract<Block, { type: 'table' }>;
type Facts = Extract<Block, { type: 'facts' }>;
type Row = readonly string[];

/** A table; its head is repeated on each page, a long row goes on on the next one, columns that find no room follow below. */
export async function drawTable(pages: Pages, { caption, columns, rows }: Table, texts: FrameTexts): Promise<void> {
  const groups = columnGroups(pages, columns, rows).map((group) => ({
    columns: group.flatMap((column) => columns[column] ?? []),
    rows: rows.map((row) => group.map((column) => row[column] ?? '')),
  }));
  const size = Math.min(...groups.map((group) => fitColumns(pages, group.columns, group.rows).size));
  for (const [index, group] of groups.entries()) {
    const part = groups.length > 1 ? texts.partOf(index + 1, groups.length) : null;
    const title = [caption, part].filter((each) => each !== null).join(' · ');
    await drawGroup(pages, title, group.columns, group.rows, fitColumns(pages, group.columns, group.rows, size), texts);
  }
}

async function drawGroup(
  pages: Pages,
  caption: string,
  columns: readonly Column[],
  rows: readonly Row[],
  fitted: Fitted,
  texts: FrameTexts,
): Promise<void> {
  const head = new Head(pages, columns, fitted);
  pages.room(head.height + 3 * fitted.lineHeight + (caption === '' ? 0 : 20));
  if (caption !== '') {
    pages.text(caption, { size: 8.5, weight: 'bold' });
    pages.skip(3);
  }
  head.draw();
  if (rows.length === 0) {
    pages.skip(verticalPadding);
    pages.text(texts.noRows, { size: fitted.size, color: quiet }, margin.left + cellPadding);
    pages.skip(verticalPadding);
    rule(pages);
  }
  for (const row of rows) {
    drawRow(pages, columns, fitted, row, () => head.again());
    await pages.breathe();
  }
  pages.skip(9);
}

/** Names with their values, as a table without a head. */
export async function drawFacts(pages: Pages, { rows }: Facts): Promise<void> {
  const columns: Column[] = [
    { title: '', align: 'left', share: 3.3, color: quiet },
    { title: '', align: 'left', share: 8.7 },
  ];
  const cells = rows.map(({ label, value }) => [label, value]);
  const fitted = fitColumns(pages, columns, cells);
  pages.room(3 * fitted.lineHeight);
  for (const row of cells) {
    drawRow(pages, columns, fitted, row, () => undefined);
    await pages.breathe();
  }
  pages.skip(9);
}

/** The head of a table. One that would take much of each page stands on the first only. */
class Head {
  readonly height: number;
  readonly #pages: Pages;
  readonly #columns: readonly Column[];
  readonly #fitted: Fitted;
  readonly #cells: string[][];

  constructor(pages: Pages, columns: readonly Column[], fitted: Fitted) {
    this.#pages = pages;
    this.#columns = columns;
    this.#fitted = fitted;
    this.#cells = columns.map(({ title }, index) => pages.lines(title, inner(columns, fitted, index), fitted.size, 'bold'));
    this.height = Math.max(...this.#cells.map(({ length }) => length)) * fitted.lineHeight + 2 * verticalPadding;
  }

  draw(): void {
    const fits = this.height <= this.#pages.left;
    if (fits) this.#pages.canvas.fill(margin.left, this.#pages.y - this.height, contentWidth, this.height, band);
    drawCells(this.#pages, this.#columns, this.#fitted, this.#cells, () => undefined, true);
  }

  again(): void {
    if (this.height <= contentHeight / 4) this.draw();
  }
}

const verticalPadding = 3;

function drawRow(pages: Pages, columns: readonly Column[], fitted: Fitted, row: Row, head: () => void): void {
  const cells = columns.map((_, index) => pages.lines(row[index] ?? '', inner(columns, fitted, index), fitted.size));
  drawCells(pages, columns, fitted, cells, head, false);
}

/** Draws the lines of a row's cells; a row that is longer than half a page is broken, a shorter one moves on as a whole. */
function drawCells(
  pages: Pages,
  columns: readonly Column[],
  fitted: Fitted,
  cells: readonly string[][],
  head: () => void,
  isHead: boolean,
): void {
  const count = Math.max(1, ...cells.map(({ length }) => length));
  const next = () => {
    pages.begin();
    head();
  };
  for (let from = 0; from < count;) {
    const fitting = Math.floor((pages.left - 2 * verticalPadding) / fitted.lineHeight);
    const rest = count - from;
    if (rest > fitting && (fitting < 3 || (from === 0 && rest * fitted.lineHeight < contentHeight / 2))) {
      next();
      continue;
    }
    const shown = Math.min(rest, fitting);
    let x = margin.left;
    for (const [index, lines] of cells.entries()) {
      const width = fitted.widths[index] ?? 0;
      for (const [number, text] of lines.slice(from, from + shown).entries()) {
        const weight = isHead ? 'bold' : 'regular';
        const indent =
          columns[index]?.align === 'right' ? width - rightPadding(columns, index) - pages.width(text, fitted.size, weight) : cellPadding;
        const y = pages.y - verticalPadding - fitted.lineHeight * (number + 1) + fitted.size * 0.3;
        pages.draw(text, x + indent, y, { size: fitted.size, weight, color: isHead ? quiet : (columns[index]?.color ?? ink) });
      }
      x += width;
    }
    pages.y -= shown * fitted.lineHeight + 2 * verticalPadding;
    rule(pages);
    from += shown;
    if (from < count) next();
  }
}

/** The width for the text of a cell. */
function inner(columns: readonly Column[], fitted: Fitted, index: number): number {
  return (fitted.widths[index] ?? 0) - cellPadding - rightPadding(columns, index);
}

function rule(pages: Pages): void {
  pages.canvas.rule(margin.left, paper.width - margin.right, pages.y, 0.5, line);
}
