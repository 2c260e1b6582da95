import { rgb, type PDF, type RGB } from '@libpdf/core';
import { Canvas } from './canvas.ts';
import type { ReportFonts, Weight } from './fonts.ts';
import { wrap } from './wrap.ts';

const paper = { width: 595, height: 842 };
const margin = { left: 56, right: 56, top: 72, bottom: 64 };
const contentWidth = paper.width - margin.left - margin.right;

const ink = rgb(0.13, 0.15, 0.18);
const quiet = rgb(0.42, 0.45, 0.5);
const line = rgb(0.84, 0.86, 0.89);
const band = rgb(0.955, 0.962, 0.97);

export type Cell = { readonly text: string; readonly weight?: Weight; readonly quiet?: boolean };
export type Column = { /** Share of the width. */ readonly share: number; readonly align?: 'left' | 'right' };

/** Writes down A4 pages from top to bottom and starts a new one where a piece does not fit. Lengths are points. */
export class PageWriter {
  readonly #pdf: PDF;
  readonly #fonts: ReportFonts;
  readonly #pages: Canvas[] = [];
  #y = 0;

  constructor(pdf: PDF, fonts: ReportFonts) {
    this.#pdf = pdf;
    this.#fonts = fonts;
    this.#newPage();
  }

  title(text: string): void {
    this.text(text, { size: 22, weight: 'bold', after: 4 });
  }

  heading(text: string): void {
    this.#room(110);
    this.#y -= 18;
    this.text(text, { size: 13, weight: 'bold', after: 3 });
    this.#rule(this.#y - 2);
    this.#y -= 8;
  }

  subheading(text: string): void {
    this.#room(120);
    this.#y -= 8;
    this.text(text, { size: 10.5, weight: 'bold', after: 3 });
  }

  text(text: string, style: { size?: number; weight?: Weight; quiet?: boolean; after?: number } = {}): void {
    const { size = 9, weight = 'regular', after = 4 } = style;
    for (const part of this.#wrap(text, contentWidth, size, weight)) {
      this.#room(size * 1.45);
      this.#y -= size * 1.45;
      this.#draw(part, margin.left, this.#y, size, weight, style.quiet ? quiet : ink);
    }
    this.#y -= after;
  }

  /** A table; its head is repeated on a new page, a row is never cut. */
  table(columns: readonly Column[], rows: readonly (readonly Cell[])[], head?: readonly string[]): void {
    const shares = columns.reduce((sum, { share }) => sum + share, 0);
    const widths = columns.map(({ share }) => (share / shares) * contentWidth);
    const drawHead = () => {
      if (head)
        this.#row(
          columns,
          widths,
          head.map((text) => ({ text, quiet: true, weight: 'bold' })),
          true,
        );
    };
    this.#room(48);
    drawHead();
    for (const row of rows) {
      if (this.#y - this.#height(row, widths) < margin.bottom) {
        this.#newPage();
        drawHead();
      }
      this.#row(columns, widths, row, false);
    }
    this.#y -= 6;
  }

  /** Running head and page numbers, once all pages are there. */
  finish(left: string, right: string, pageOf: (page: number, pages: number) => string): void {
    for (const [index, page] of this.#pages.entries()) {
      const top = paper.height - 40;
      page.text(left, margin.left, top, 8, 'regular', quiet);
      page.text(right, paper.width - margin.right - this.#fonts.width(right, 8, 'bold'), top, 8, 'bold', quiet);
      page.rule(margin.left, paper.width - margin.right, top - 7, 0.6, line);
      const number = pageOf(index + 1, this.#pages.length);
      page.text(number, paper.width - margin.right - this.#fonts.width(number, 8, 'regular'), 36, 8, 'regular', quiet);
      page.finish();
    }
  }

  #height(row: readonly Cell[], widths: readonly number[]): number {
    const lines = row.map(({ text, weight = 'regular' }, index) => this.#wrap(text, (widths[index] ?? 0) - 8, cellSize, weight).length);
    return Math.max(1, ...lines) * cellLine + 6;
  }

  #row(columns: readonly Column[], widths: readonly number[], row: readonly Cell[], isHead: boolean): void {
    const height = this.#height(row, widths);
    const page = this.#page();
    if (isHead) page.fill(margin.left, this.#y - height, contentWidth, height, band);
    let x = margin.left;
    for (const [index, cell] of row.entries()) {
      const width = widths[index] ?? 0;
      const { text, weight = 'regular' } = cell;
      for (const [number, part] of this.#wrap(text, width - 8, cellSize, weight).entries()) {
        const indent = columns[index]?.align === 'right' ? width - 4 - this.#fonts.width(part, cellSize, weight) : 4;
        this.#draw(part, x + indent, this.#y - cellLine * (number + 1), cellSize, weight, cell.quiet ? quiet : ink);
      }
      x += width;
    }
    this.#y -= height;
    this.#rule(this.#y);
  }

  #wrap(text: string, width: number, size: number, weight: Weight): string[] {
    return wrap(text, width, (part) => this.#fonts.width(part, size, weight));
  }

  #rule(y: number): void {
    this.#page().rule(margin.left, paper.width - margin.right, y, 0.5, line);
  }

  #room(height: number): void {
    if (this.#y - height < margin.bottom) this.#newPage();
  }

  #newPage(): void {
    this.#pages.push(new Canvas(this.#pdf.addPage(paper), this.#fonts));
    this.#y = paper.height - margin.top;
  }

  #page(): Canvas {
    const page = this.#pages.at(-1);
    if (!page) throw new Error('no page has been started');
    return page;
  }

  #draw(text: string, x: number, y: number, size: number, weight: Weight, color: RGB): void {
    this.#page().text(text, x, y, size, weight, color);
  }
}

const cellSize = 8.5;
const cellLine = cellSize * 1.4;
