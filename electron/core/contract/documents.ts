import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { box, caseId, command, documentId, errorShape, fileSource, fraction, query, sha256, timestamp } from './base.ts';

export const documentKind = z.enum(['pdf', 'image', 'text', 'markdown', 'unknown']);
export type DocumentKind = z.infer<typeof documentKind>;
export const documentStatus = z.enum(['queued', 'reading', 'ready', 'failed', 'cancelled']);
export type DocumentStatus = z.infer<typeof documentStatus>;

export const documentSummary = z.object({
  id: documentId,
  caseId,
  name: z.string(),
  kind: documentKind,
  /** Bytes. */
  size: z.number().int(),
  sha256,
  status: documentStatus,
  /** Null until the reader has opened the file. */
  pageCount: z.number().int().nullable(),
  pagesRead: z.number().int(),
  /** How many of the pages read went through OCR. */
  ocrPages: z.number().int(),
  error: errorShape.nullable(),
  importedAt: timestamp,
  importedBy: z.string(),
  /** Reading time in milliseconds, once ready. */
  durationMs: z.number().nullable(),
});
export type DocumentSummary = z.infer<typeof documentSummary>;

export const word = z.object({ text: z.string(), box, /** 1 for text that was stored as text. */ confidence: fraction });
export type Word = z.infer<typeof word>;
export const pageSource = z.enum(['text', 'ocr']);

export const documentPage = z.object({
  number: z.number().int().min(1),
  /** Page size in page units. */
  width: z.number(),
  height: z.number(),
  source: pageSource,
  /** Taking white space away from it leaves the words' texts, one after the other. */
  text: z.string(),
  words: z.array(word),
  /** Why this page could not be read; its text is then empty and the other pages are there. */
  problem: errorShape.optional(),
});
export type DocumentPage = z.infer<typeof documentPage>;

export const pageImage = z.object({
  mediaType: z.enum(['image/png', 'image/jpeg']),
  base64: z.string(),
  /** Pixels. */
  width: z.number().int(),
  height: z.number().int(),
});
export type PageImage = z.infer<typeof pageImage>;

/** One finding of personal data, with the words it covers so that the viewer can mark it. */
export const documentFinding = z.object({
  page: z.number().int(),
  type: z.string(),
  /** Characters of the page's text. */
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  masked: z.string(),
  score: fraction,
  boxes: z.array(box),
});
export type DocumentFinding = z.infer<typeof documentFinding>;

export const documentEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('changed'), document: documentSummary }),
  z.object({ type: z.literal('removed'), id: documentId, caseId }),
]);
export type DocumentEvent = z.infer<typeof documentEvent>;

const ids = z.object({ ids: z.array(documentId).min(1).max(10_000) });

export const documentsContract = {
  list: query('documents.read')
    .input(
      z.object({
        /** Absent: all cases of the person. */
        caseId: caseId.optional(),
        search: z.string().max(200).default(''),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(z.object({ documents: z.array(documentSummary), total: z.number().int() })),
  get: query('documents.read')
    .input(z.object({ id: documentId }))
    .output(documentSummary),
  page: query('documents.read', { content: true })
    .input(z.object({ id: documentId, number: z.number().int().min(1) }))
    .output(documentPage),
  pageImage: query('documents.read', { content: true })
    .input(
      z.object({
        id: documentId,
        number: z.number().int().min(1),
        /** Longest side in pixels. */ maxSide: z.number().int().min(64).max(4096).default(1600),
      }),
    )
    .output(pageImage),
  findings: query('documents.read', { content: true })
    .input(z.object({ id: documentId }))
    .output(z.array(documentFinding)),
  /** Registers the files (encrypted copy in the vault) and queues them for reading. One result per file, in order. */
  import: command('documents.write', 'documents.import')
    .input(
      z.object({
        /** Absent: the person's own case. */
        caseId: caseId.optional(),
        files: z
          .array(z.object({ name: z.string().min(1).max(255), source: fileSource }))
          .min(1)
          .max(1000),
      }),
    )
    .output(z.array(documentSummary)),
  /** Imports the sample documents that ship with Redoubt (those not yet there). */
  importSamples: command('documents.write', 'documents.import-samples')
    .input(z.object({ caseId: caseId.optional() }).default({}))
    .output(z.array(documentSummary)),
  cancel: command('documents.write', 'documents.cancel').input(ids).output(z.array(documentSummary)),
  retry: command('documents.write', 'documents.retry').input(ids).output(z.array(documentSummary)),
  remove: command('documents.write', 'documents.remove')
    .input(ids)
    .output(z.object({ removed: z.number().int() })),
  /** Every change of any document's status or progress, at most ten a second per document. */
  watch: query('documents.read').output(eventIterator(documentEvent)),
};
