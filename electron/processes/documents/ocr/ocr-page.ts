import type { DocumentPage } from '../../../core/contract/documents.ts';
import { AppError, isAbort } from '../../../core/errors.ts';
import type { ReadContext } from '../format.ts';
import { isBlank, type GrayImage } from '../image/gray.ts';

/**
 * Fills `page` with the text recognised in `image`, which shows the page at `scale` pixels per page unit. A page that
 * times out or breaks the engine comes back empty with its problem; cancelling and an engine that is not there reject.
 */
export async function ocrPage(page: DocumentPage, image: GrayImage, scale: number, context: ReadContext): Promise<DocumentPage> {
  if (isBlank(image)) return { ...page, source: 'ocr' };
  try {
    const { text, words } = await context.ocr(image);
    const round = (value: number) => Math.round((value / scale) * 100) / 100;
    const toPage = ([x0, y0, x1, y1]: readonly [number, number, number, number]) =>
      [round(x0), round(y0), round(x1), round(y1)] as [number, number, number, number];
    return { ...page, source: 'ocr', text, words: words.map((word) => ({ ...word, box: toPage(word.box) })) };
  } catch (error) {
    if (isAbort(error) || !(error instanceof AppError) || !error.code.startsWith('documents/page-')) throw error;
    return { ...page, source: 'ocr', text: '', words: [], problem: { code: error.code, message: error.message } };
  }
}
