import type { DocumentPage, DocumentSummary } from '../contract/documents.ts';
import type { Extraction } from '../inference/extraction.ts';
import type { ExtractRequest } from '../inference/inference.service.ts';
import type { ArchiveStore } from './archive/archive-store.ts';

/** What nodes may use of the other areas. */
export type NodeServices = {
  readonly documents: {
    /** Waits until the document is read. @throws AppError with the document's own error when it cannot be read */
    waitUntilRead(id: string, signal: AbortSignal): Promise<DocumentSummary>;
    pages(id: string): readonly DocumentPage[];
  };
  readonly inference: {
    /** @throws AppError `inference/no-model` where there is no model to use */
    extract(request: ExtractRequest, options: { readonly signal: AbortSignal }): Promise<Extraction>;
  };
  readonly archive: Pick<ArchiveStore, 'store'>;
};
