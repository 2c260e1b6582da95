import type { DocumentKind, DocumentPage } from '../contract/documents.ts';
import type { RenderedTemplate, TemplateInput } from '../reports/templates/template.protocol.ts';

export type OcrMode = 'auto' | 'never' | 'always';

/** What the documents process offers core. Bytes in; text, layout and pictures out. */
export type ReaderProtocol = {
  /**
   * Reads a file page by page. Fails with `documents/encrypted`, `documents/damaged`, `documents/empty`,
   * `documents/unsupported`, `documents/wrong-extension` or `documents/too-large`.
   */
  read: {
    params: { bytes: Uint8Array; name: string; ocr: OcrMode };
    event: { type: 'opened'; kind: DocumentKind; pageCount: number } | { type: 'page'; page: DocumentPage };
    result: { kind: DocumentKind; pageCount: number; durationMs: number };
  };
  /** Draws one page as a picture; `maxSide` is the longest side in pixels. `lossless`: PNG that keeps transparency. */
  renderPage: {
    params: { bytes: Uint8Array; name: string; number: number; maxSide: number; lossless?: boolean };
    event: never;
    result: { mediaType: 'image/png' | 'image/jpeg'; bytes: Uint8Array; width: number; height: number };
  };
  /** Renders a report's template, which may be hostile. */
  renderTemplate: { params: TemplateInput; event: never; result: RenderedTemplate };
};
