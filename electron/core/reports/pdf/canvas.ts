import { PdfArray, PdfDict, PdfNumber, PdfString, ops, type PDFImage, type PDFPage, type RGB } from '@libpdf/core';
import type { ReportFonts, Weight } from './fonts.ts';

/** What a stretch of the page is for who has it read out: part of the text, or (null) of its frame. */
export type Element = {
  readonly role: 'H1' | 'H2' | 'H3' | 'H4' | 'P' | 'Figure';
  /** Stands for a picture. */
  readonly alt: string | null;
  /** Where it is drawn. */
  readonly marks: { readonly canvas: Canvas; readonly id: number }[];
};
type Operators = Parameters<PDFPage['drawOperators']>[0];
export type Point = readonly [x: number, y: number];

/**
 * Collects what is drawn on a page and writes it as one content stream; the library's own drawing calls make an object
 * of each piece of text, which is ten times the size. Lengths are points, the origin is at the bottom left.
 */
export class Canvas {
  readonly page: PDFPage;
  readonly #fonts: ReportFonts;
  readonly #operators: Operators = [];
  #element: Element | null = null;
  #isMarked = false;
  /** Elements by the number of their mark. */
  readonly marked: Element[] = [];

  constructor(page: PDFPage, fonts: ReportFonts) {
    this.page = page;
    this.#fonts = fonts;
  }

  /** What is drawn from here on belongs to an element. */
  belongsTo(element: Element | null): void {
    this.#endMark();
    this.#element = element;
  }

  /** One line of text, its base line at `y`. */
  text(text: string, x: number, y: number, size: number, weight: Weight, color: RGB): void {
    const { red, green, blue } = color;
    this.#push(ops.setNonStrokingRGB(red, green, blue), ops.beginText(), ops.setTextMatrix(1, 0, 0, 1, x, y));
    // What is read out would run into the next line or cell; between Chinese lines there is no space.
    const read = this.#element && /[!-\u02FF]$/.test(text) ? `${text} ` : text;
    for (const run of this.#fonts.runs(read, weight)) {
      const glyphs = Buffer.alloc(run.text.length * 2);
      const ids = run.font.encodeTextToGids(run.text);
      for (const [index, id] of ids.entries()) glyphs.writeUInt16BE(id, index * 2);
      const shown = ops.showText(PdfString.fromBytes(glyphs.subarray(0, ids.length * 2)));
      this.#push(ops.setFont(this.page.registerFont(run.font), size));
      if (run.thickened)
        this.#push(
          ops.setStrokingRGB(red, green, blue),
          ops.setLineWidth(size / 32),
          ops.setTextRenderMode(2),
          shown,
          ops.setTextRenderMode(0),
        );
      else this.#push(shown);
    }
    this.#push(ops.endText());
  }

  rule(from: number, to: number, y: number, thickness: number, color: RGB): void {
    this.stroke(
      [
        [from, y],
        [to, y],
      ],
      thickness,
      color,
    );
  }

  /** A line through points. `dash`: lengths of line and gap. */
  stroke(points: readonly Point[], thickness: number, color: RGB, dash: readonly number[] = []): void {
    const [first, ...others] = points;
    if (!first) return;
    this.#push(
      ops.pushGraphicsState(),
      ops.setStrokingRGB(color.red, color.green, color.blue),
      ops.setLineWidth(thickness),
      ops.setLineJoin(1),
      ops.setLineCap(dash.length > 0 ? 0 : 1),
      ops.setDashPattern(PdfArray.of(...dash.map((length) => PdfNumber.of(length))), 0),
      ops.moveTo(...first),
      ...others.map((point) => ops.lineTo(...point)),
      ops.stroke(),
      ops.popGraphicsState(),
    );
  }

  fill(x: number, y: number, width: number, height: number, color: RGB): void {
    this.#push(ops.setNonStrokingRGB(color.red, color.green, color.blue), ops.rectangle(x, y, width, height), ops.fill());
  }

  /** A filled polygon, with `border` an outlined white one. */
  shape(points: readonly Point[], color: RGB, border: number | null = null): void {
    const [first, ...others] = points;
    if (!first) return;
    const { red, green, blue } = color;
    const path = [ops.moveTo(...first), ...others.map((point) => ops.lineTo(...point)), ops.closePath()];
    if (border === null) this.#push(ops.setNonStrokingRGB(red, green, blue), ...path, ops.fill());
    else
      this.#push(
        ops.setNonStrokingRGB(1, 1, 1),
        ops.setStrokingRGB(red, green, blue),
        ops.setLineWidth(border),
        ...path,
        ops.fillAndStroke(),
      );
  }

  circle(x: number, y: number, radius: number, color: RGB, border: number | null = null): void {
    const points = Array.from({ length: 32 }, (_, index): Point => {
      const angle = (index / 16) * Math.PI;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    });
    this.shape(points, color, border);
  }

  image(image: PDFImage, x: number, y: number, width: number, height: number): void {
    this.#push(
      ops.pushGraphicsState(),
      ops.concatMatrix(width, 0, 0, height, x, y),
      ops.paintXObject(this.page.registerImage(image)),
      ops.popGraphicsState(),
    );
  }

  /** Puts everything on the page. */
  finish(): void {
    this.#endMark();
    this.page.drawOperators(this.#operators);
  }

  #push(...operators: Operators): void {
    if (!this.#isMarked) this.#beginMark();
    this.#operators.push(...operators);
  }

  /** Marked content (ISO 32000-2, 14.6), begun with the first thing that is drawn. */
  #beginMark(): void {
    this.#isMarked = true;
    const element = this.#element;
    if (!element) return void this.#operators.push(ops.beginMarkedContent('/Artifact'));
    const id = this.marked.push(element) - 1;
    element.marks.push({ canvas: this, id });
    this.#operators.push(ops.beginMarkedContentProps(`/${element.role}`, PdfDict.of({ MCID: PdfNumber.of(id) })));
  }

  #endMark(): void {
    if (this.#isMarked) this.#operators.push(ops.endMarkedContent());
    this.#isMarked = false;
  }
}
