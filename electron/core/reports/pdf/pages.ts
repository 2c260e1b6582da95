import { setImmediate } from 'node:timers/promises';
import type { PDF, RGB } from '@libpdf/core';
import { Canvas, type Element } from './canvas.ts';
import type { ReportFonts, Weight } from './fonts.ts';
import { contentHeight, contentWidth, ink, lineHeight, margin, paper, top } from './theme.ts';
import { wrap } from './wrap.ts';

export type Style = { readonly size?: number; readonly weight?: Weight; readonly color?: RGB };
/** Where a heading stands, for the outline. `level` 1: a section. */
export type Landmark = { readonly title: string; readonly level: number; readonly page: number; readonly y: number };

/** Longest stretch that nothing else gets a turn, ms. */
const stretchMs = 12;

/** A4 pages that are filled from top to bottom. `y` is how far down the last one is; lengths are points. */
export class Pages {
  readonly pdf: PDF;
  readonly fonts: ReportFonts;
  readonly all: Canvas[] = [];
  readonly landmarks: Landmark[] = [];
  /** In reading order. */
  readonly elements: Element[] = [];
  y = 0;
  #breathedAt = performance.now();

  constructor(pdf: PDF, fonts: ReportFonts) {
    this.pdf = pdf;
    this.fonts = fonts;
    this.begin();
  }

  get canvas(): Canvas {
    const page = this.all.at(-1);
    if (!page) throw new Error('no page has been started');
    return page;
  }

  /** What is left of the page. */
  get left(): number {
    return this.y - margin.bottom;
  }

  begin(): void {
    const canvas = new Canvas(this.pdf.addPage({ width: paper.width, height: paper.height }), this.fonts);
    canvas.belongsTo(this.elements.at(-1) ?? null);
    this.all.push(canvas);
    this.y = top;
  }

  /** What comes next is another element, for who has the report read out. `alt` stands for a picture. */
  element(role: Element['role'], alt: string | null = null): void {
    const element: Element = { role, alt, marks: [] };
    this.elements.push(element);
    this.canvas.belongsTo(element);
  }

  /** Starts a new page where less than `height` is left of this one; more than a page is never asked for. */
  room(height: number): void {
    if (this.left < Math.min(height, contentHeight)) this.begin();
  }

  skip(height: number): void {
    this.y -= height;
  }

  landmark(title: string, level: number): void {
    this.landmarks.push({ title, level, page: this.all.length - 1, y: this.y });
  }

  width(text: string, size: number, weight: Weight = 'regular'): number {
    return this.fonts.width(text, size, weight);
  }

  lines(text: string, width: number, size: number, weight: Weight = 'regular'): string[] {
    return wrap(this.fonts.shown(text, weight), width, (part) => this.fonts.width(part, size, weight));
  }

  /** Text over as many lines and pages as it takes. */
  text(text: string, { size = 9, weight = 'regular', color = ink }: Style = {}, x = margin.left, width = contentWidth): void {
    for (const part of this.lines(text, width, size, weight)) {
      this.room(lineHeight(size));
      this.y -= lineHeight(size);
      this.draw(part, x, this.y + size * 0.28, { size, weight, color });
    }
  }

  /** One line, its base line at `y`. */
  draw(text: string, x: number, y: number, { size = 9, weight = 'regular', color = ink }: Style = {}): void {
    if (text !== '') this.canvas.text(text, x, y, size, weight, color);
  }

  /** Lets other work have its turn now and then. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#breathedAt < stretchMs) return;
    await setImmediate();
    this.#breathedAt = performance.now();
  }
}
