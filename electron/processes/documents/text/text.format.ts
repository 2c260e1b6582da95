import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { DocumentPage } from '../../../core/contract/documents.ts';
import { assets } from '../assets.ts';
import { damaged, empty, tooLarge } from '../errors.ts';
import type { Format, OpenDocument } from '../format.ts';
import { decodeText } from './encoding.ts';
import { layOutPage, pageHeight, pageWidth, rowHeight } from './layout.ts';
import { paginate } from './paginate.ts';

/** Plain text and Markdown: any usual encoding, cut into pages, laid out on a grid so that words have boxes. */
export const textFormat = (kind: 'text' | 'markdown'): Format => ({
  open(bytes, { limits }) {
    const decoded = decodeText(bytes);
    if (!decoded) throw damaged();
    const text = decoded.text.replace(/\r\n?/g, '\n').replace(/\0/g, '');
    if (text.trim() === '') throw empty();
    const pages = paginate(text);
    if (pages.length > limits.pages) throw tooLarge('pages', pages.length, limits.pages);
    return Promise.resolve(new OpenText(kind, pages));
  },
});

class OpenText implements OpenDocument {
  readonly kind: 'text' | 'markdown';
  readonly #pages: readonly string[];

  constructor(kind: 'text' | 'markdown', pages: readonly string[]) {
    this.kind = kind;
    this.#pages = pages;
  }

  get pageCount() {
    return this.#pages.length;
  }

  readPage(number: number): Promise<{ page: Promise<DocumentPage> }> {
    return Promise.resolve({ page: Promise.resolve(this.#page(number)) });
  }

  renderPage(number: number, maxSide: number) {
    const page = this.#page(number);
    const scale = maxSide / Math.max(page.width, page.height);
    const canvas = createCanvas(Math.max(1, Math.round(page.width * scale)), Math.max(1, Math.round(page.height * scale)));
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (!GlobalFonts.has('Redoubt')) GlobalFonts.registerFromPath(assets.textFont, 'Redoubt');
    context.scale(scale, scale);
    context.fillStyle = '#1a1a1a';
    context.font = `${rowHeight * 0.72}px Redoubt, sans-serif`;
    for (const { text, box } of page.words) context.fillText(text, box[0], box[3] - rowHeight * 0.28, box[2] - box[0]);
    return Promise.resolve({
      mediaType: 'image/png' as const,
      bytes: new Uint8Array(canvas.toBuffer('image/png')),
      width: canvas.width,
      height: canvas.height,
    });
  }

  close() {
    return Promise.resolve();
  }

  #page(number: number): DocumentPage {
    const text = this.#pages[number - 1] ?? '';
    const { words, height } = layOutPage(text);
    return { number, width: pageWidth, height: Math.max(pageHeight, height), source: 'text', text, words };
  }
}
