import { createCanvas, Image, type Canvas } from '@napi-rs/canvas';
import type { DocumentPage } from '../../../core/contract/documents.ts';
import { damaged, tooLarge } from '../errors.ts';
import type { Format, OpenDocument, ReadContext } from '../format.ts';
import { ocrPage } from '../ocr/ocr-page.ts';
import { pictureSize } from './dimensions.ts';
import { flattenShading } from './flatten.ts';
import { toGray } from './gray.ts';
import { isComplete } from './is-complete.ts';

/** Pictures whose longest side is shorter are enlarged up to twice: small print is read better that way. */
const smallSide = 2000;

/** PNG, JPEG, GIF (first frame), WebP, BMP and AVIF: one page, read by OCR, boxes in the picture's pixels. */
export const imageFormat: Format = {
  async open(bytes, { limits }) {
    const size = pictureSize(bytes);
    if (!size || !isComplete(bytes)) throw damaged();
    if (size.width * size.height > limits.pixels) throw tooLarge('pixels', size.width * size.height, limits.pixels);
    return new OpenImage(await decode(bytes));
  },
};

async function decode(bytes: Uint8Array): Promise<Image> {
  const image = new Image();
  try {
    image.src = bytes;
    await image.decode();
  } catch (error) {
    throw damaged(error);
  }
  if (!(image.width > 0 && image.height > 0)) throw damaged();
  return image;
}

class OpenImage implements OpenDocument {
  readonly kind = 'image';
  readonly pageCount = 1;
  readonly #image: Image;

  constructor(image: Image) {
    this.#image = image;
  }

  readPage(number: number, context: ReadContext): Promise<{ page: Promise<DocumentPage> }> {
    const { width, height } = this.#image;
    const blank: DocumentPage = { number, width, height, source: 'ocr', text: '', words: [] };
    if (context.ocrMode === 'never') return Promise.resolve({ page: Promise.resolve(blank) });
    const scale = Math.min(
      Math.max(1, Math.min(2, smallSide / Math.max(width, height))),
      Math.sqrt(context.limits.ocrPixels / (width * height)),
    );
    const canvas = this.#draw(scale);
    const gray = toGray(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height);
    return Promise.resolve({ page: ocrPage(blank, flattenShading(gray), scale, context) });
  }

  renderPage(_number: number, maxSide: number, lossless: boolean) {
    const { width, height } = this.#image;
    const canvas = this.#draw(Math.min(1, maxSide / Math.max(width, height)), !lossless);
    return Promise.resolve({
      mediaType: lossless ? ('image/png' as const) : ('image/jpeg' as const),
      bytes: new Uint8Array(lossless ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg', 85)),
      width: canvas.width,
      height: canvas.height,
    });
  }

  close() {
    return Promise.resolve();
  }

  #draw(scale: number, onWhite = true): Canvas {
    const canvas = createCanvas(Math.max(1, Math.round(this.#image.width * scale)), Math.max(1, Math.round(this.#image.height * scale)));
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    if (onWhite) context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#image, 0, 0, canvas.width, canvas.height);
    return canvas;
  }
}
