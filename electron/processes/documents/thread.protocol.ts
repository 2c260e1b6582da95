import type { DocumentKind, DocumentPage } from '../../core/contract/documents.ts';
import type { OcrMode } from '../../core/documents/reader.protocol.ts';
import type { Picture } from './format.ts';
import type { GrayImage } from './image/gray.ts';
import type { Limits } from './limits.ts';
import type { OcrResult } from './ocr/layout.ts';

/** What a reader thread offers the documents process. */
export type ThreadProtocol = {
  read: {
    /** `firstPage` and `skip` let a second thread go on where the first one hung. */
    params: { bytes: Uint8Array; name: string; ocr: OcrMode; limits: Limits; firstPage: number; skip: readonly number[]; ocrSlots: number };
    event:
      | { type: 'opened'; kind: DocumentKind; pageCount: number }
      | { type: 'started'; number: number }
      /** In page order. */
      | { type: 'page'; page: DocumentPage };
    result: { kind: DocumentKind; pageCount: number };
  };
  renderPage: {
    params: { bytes: Uint8Array; name: string; number: number; maxSide: number; lossless?: boolean; limits: Limits };
    event: never;
    result: Picture;
  };
};

/** What the documents process offers a reader thread. */
export type OcrProtocol = {
  recognize: { params: { image: GrayImage }; event: never; result: OcrResult };
};
