import type { Block } from '../blocks.ts';
import type { ReportLanguage } from '../../contract/reports.ts';

type Status = Extract<Block, { type: 'controls' }>['items'][number]['status'];

/** What the pages themselves say; everything else stands in the sections. */
export type PdfTexts = {
  readonly page: (page: number, pages: number) => string;
  readonly statuses: Readonly<Record<Status, string>>;
};

export const pdfTexts: Readonly<Record<ReportLanguage, PdfTexts>> = {
  en: {
    page: (page, pages) => `Page ${page} of ${pages}`,
    statuses: { met: 'met', 'not-met': 'not met', customer: 'customer’s duty' },
  },
  'zh-CN': {
    page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
    statuses: { met: '符合', 'not-met': '不符合', customer: '由使用单位负责' },
  },
};
