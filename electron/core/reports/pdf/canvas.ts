import { PdfString, ops, type PDFPage, type RGB } from '@libpdf/core';
import type { ReportFonts, Weight } from './fonts.ts';

/**
 * Collects what is drawn on a page and writes it as one content stream; the library's own drawing calls make an object
 * of each piece of text, which is ten times the size. Lengths are points, the origin is at the bottom left.
 */
export class Canvas {
  readonly #page: PDFPage;
  readonly #fonts: ReportFonts;
  readonly #operators: Parameters<PDFPage['drawOperators']>[0] = [];

  constructor(page: PDFPage, fonts: ReportFonts) {
    this.#page = page;
    this.#fonts = fonts;
  }

  /** One line of text, its base line at `y`. */
  text(text: string, x: number, y: number, size: number, weight: Weight, color: RGB): void {
    this.#operators.push(ops.setNonStrokingRGB(color.red, color.green, color.blue), ops.beginText(), ops.setTextMatrix(1, 0, 0, 1, x, y));
    for (const run of this.#fonts.runs(text, weight)) {
      const glyphs = Buffer.alloc(run.text.length * 2);
      const ids = run.font.encodeTextToGids(run.text);
      for (const [index, id] of ids.entries()) glyphs.writeUInt16BE(id, index * 2);
      this.#operators.push(
        ops.setFont(this.#page.registerFont(run.font), size),
        ops.showText(PdfString.fromBytes(glyphs.subarray(0, ids.length * 2))),
      );
    }
    this.#operators.push(ops.endText());
  }

  rule(from: number, to: number, y: number, thickness: number, color: RGB): void {
    const { red, green, blue } = color;
    this.#operators.push(
      ops.setStrokingRGB(red, green, blue),
      ops.setLineWidth(thickness),
      ops.moveTo(from, y),
      ops.lineTo(to, y),
      ops.stroke(),
    );
  }

  fill(x: number, y: number, width: number, height: number, color: RGB): void {
    this.#operators.push(ops.setNonStrokingRGB(color.red, color.green, color.blue), ops.rectangle(x, y, width, height), ops.fill());
  }

  /** Puts everything on the page. */
  finish(): void {
    this.#page.drawOperators(this.#operators);
  }
}
