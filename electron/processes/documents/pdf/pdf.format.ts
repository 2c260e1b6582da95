import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { DocumentPage } from '../../../core/contract/documents.ts';
import { pageFailed } from '../errors.ts';
import type { Format, OpenDocument, ReadContext } from '../format.ts';
import { flattenShading } from '../image/flatten.ts';
import { toGray, type GrayImage } from '../image/gray.ts';
import { ocrPage } from '../ocr/ocr-page.ts';
import { judge } from './judge.ts';
import { openPdf, type OpenedPdf } from './pdfjs.ts';
import { pageText } from './words.ts';

/** Pixels per point at 300 dpi, which the OCR engine was trained for. */
const ocrScale = 300 / 72;
const imageOperators: readonly number[] = [
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
];

/** PDF by pdf.js: the stored text where there is any, OCR of the drawn page where there is none or it is garbage. */
export const pdfFormat: Format = {
  open: async (bytes, { limits }) => new OpenPdfDocument(await openPdf(bytes, limits)),
};

type Drawing = { canvas: Canvas; context: SKRSContext2D };

class OpenPdfDocument implements OpenDocument {
  readonly kind = 'pdf';
  readonly #pdf: OpenedPdf;

  constructor(pdf: OpenedPdf) {
    this.#pdf = pdf;
  }

  get pageCount() {
    return this.#pdf.document.numPages;
  }

  async readPage(number: number, context: ReadContext): Promise<{ page: Promise<DocumentPage> }> {
    let shape = { width: 0, height: 0 };
    try {
      const proxy = await this.#pdf.document.getPage(number);
      const viewport = proxy.getViewport({ scale: 1 });
      shape = { width: Math.round(viewport.width * 100) / 100, height: Math.round(viewport.height * 100) / 100 };
      const stored = pageText(await proxy.getTextContent(), viewport.transform);
      const page: DocumentPage = { number, ...shape, source: 'text', ...stored };
      if (!(await this.#needsOcr(proxy, stored.text, context))) {
        proxy.cleanup();
        return { page: Promise.resolve(page) };
      }
      const { gray, scale } = await this.#drawForOcr(proxy, context);
      proxy.cleanup();
      return { page: recognize(page, gray, scale, context) };
    } catch (error) {
      const { code, message } = pageFailed(error);
      return { page: Promise.resolve({ number, ...shape, source: 'text', text: '', words: [], problem: { code, message } }) };
    }
  }

  async renderPage(number: number, maxSide: number) {
    const proxy = await this.#pdf.document.getPage(number);
    const { width, height } = proxy.getViewport({ scale: 1 });
    const { canvas } = await this.#draw(proxy, maxSide / Math.max(width, height));
    const bytes = new Uint8Array(canvas.toBuffer('image/png'));
    return { mediaType: 'image/png' as const, bytes, width: canvas.width, height: canvas.height };
  }

  close() {
    return this.#pdf.close();
  }

  async #needsOcr(proxy: PDFPageProxy, text: string, { ocrMode }: ReadContext): Promise<boolean> {
    if (ocrMode !== 'auto') return ocrMode === 'always';
    const verdict = judge(text);
    if (verdict !== 'sparse') return verdict !== 'good';
    const { fnArray } = await proxy.getOperatorList();
    return fnArray.some((operator) => imageOperators.includes(operator));
  }

  async #drawForOcr(proxy: PDFPageProxy, { limits }: ReadContext): Promise<{ gray: GrayImage; scale: number }> {
    const { width, height } = proxy.getViewport({ scale: 1 });
    const scale = Math.min(ocrScale, Math.sqrt(limits.ocrPixels / (width * height)));
    const { canvas, context } = await this.#draw(proxy, scale);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return { gray: flattenShading(toGray(data, canvas.width, canvas.height)), scale };
  }

  async #draw(proxy: PDFPageProxy, scale: number) {
    const viewport = proxy.getViewport({ scale });
    // Canvases come from pdf.js's own factory: a second copy of the canvas library would not fit.
    const factory = this.#pdf.document.canvasFactory as { create(width: number, height: number): Drawing };
    const { canvas, context } = factory.create(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
    const target = { canvas, canvasContext: context, viewport, background: '#fff' };
    await proxy.render(target).promise;
    return { canvas, context };
  }
}

/** The richer of stored and recognised text is kept. */
async function recognize(page: DocumentPage, gray: GrayImage, scale: number, context: ReadContext): Promise<DocumentPage> {
  const recognised = await ocrPage({ ...page, text: '', words: [] }, gray, scale, context);
  const keepStored = context.ocrMode === 'auto' && judge(page.text) === 'sparse' && recognised.text.length < page.text.length * 1.5;
  return keepStored ? page : recognised;
}
