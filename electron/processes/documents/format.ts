import type { DocumentKind, DocumentPage } from '../../core/contract/documents.ts';
import type { OcrMode } from '../../core/documents/reader.protocol.ts';
import type { GrayImage } from './image/gray.ts';
import type { Limits } from './limits.ts';
import type { OcrResult } from './ocr/layout.ts';

export type Picture = {
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
};

/** What a format may use while it reads. */
export type ReadContext = {
  readonly name: string;
  readonly ocrMode: OcrMode;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Recognises the text of a picture; boxes are in its pixels. Rejects alone when the page takes too long. */
  ocr(image: GrayImage): Promise<OcrResult>;
};

/** An opened file. */
export interface OpenDocument {
  readonly kind: DocumentKind;
  readonly pageCount: number;
  /**
   * Reads page `number` (from 1). The outer promise ends when the page needs no more of this thread, the inner one
   * when its text is there, so that the next page is drawn while this one is recognised.
   */
  readPage(number: number, context: ReadContext): Promise<{ page: Promise<DocumentPage> }>;
  /** Draws page `number`; `maxSide` is the longest side in pixels. `lossless`: PNG, and a picture keeps its transparency. */
  renderPage(number: number, maxSide: number, lossless: boolean): Promise<Picture>;
  close(): Promise<void>;
}

/** One file format. Adding one is a folder with this interface and a line in `formats.ts`. */
export interface Format {
  open(bytes: Uint8Array, context: Pick<ReadContext, 'name' | 'limits'>): Promise<OpenDocument>;
}
