import { z } from 'zod';
import type { Json } from '../../contract/base.ts';
import { AppError, type ErrorCode } from '../../errors.ts';
import { defineNode, label, required } from '../node.ts';

const config = z.object({
  maxPages: z.int().min(1).max(10_000).default(1000).meta(label('Read at most (pages)', '最多读取（页）')),
});

/** Waits until the document has been read (text layer or OCR) and gives its text. */
export const documentRead = defineNode({
  type: 'document.read',
  category: 'document',
  icon: 'file-text',
  title: { en: 'Read document', 'zh-CN': '读取文档' },
  description: { en: 'Gives the text of all pages; scanned pages go through OCR.', 'zh-CN': '给出全部页面的文字；扫描页通过 OCR 识别。' },
  inputs: [required('document', 'document')],
  outputs: [required('text', 'text'), required('info', 'json')],
  config,
  async run({ document }, { maxPages }, { services, signal }) {
    const id = documentId(document);
    const summary = await services.documents.waitUntilRead(id, signal);
    if (summary.status !== 'ready') throw unreadable(summary.error, summary.status);
    const pages = services.documents.pages(id).slice(0, maxPages);
    const info = { name: summary.name, kind: summary.kind, pages: summary.pageCount, pagesUsed: pages.length, ocrPages: summary.ocrPages };
    return { outputs: { text: pages.map((page) => page.text).join('\n\n'), info } };
  },
});

const reference = z.object({ documentId: z.string() });

function documentId(value: Json | undefined): string {
  const parsed = reference.safeParse(value);
  if (parsed.success) return parsed.data.documentId;
  throw new AppError('flows/wrong-value', 'The input document of this step got no document. Check what is connected to it.', {
    port: 'document',
  });
}

function unreadable(error: { code: string; message: string } | null, status: string): AppError {
  if (error) return new AppError(error.code as ErrorCode, error.message);
  return new AppError('documents/not-read', 'The document was not read to its end. Read it again in Documents, then resume the run.', {
    status,
  });
}
