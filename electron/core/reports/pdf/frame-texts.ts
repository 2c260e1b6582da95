import type { ReportLanguage } from '../../contract/reports.ts';
import type { Block } from '../blocks.ts';

type Control = Extract<Block, { type: 'controls' }>['items'][number];
type Notice = Extract<Block, { type: 'notice' }>;

/** The words that the layout itself adds. */
export type FrameTexts = {
  readonly made: (time: string, person: string) => string;
  readonly noRows: string;
  readonly noData: string;
  readonly noSections: string;
  /** Of a table that is too wide for a page. */
  readonly partOf: (part: number, parts: number) => string;
  readonly statuses: Readonly<Record<Control['status'], string>>;
  readonly tones: Readonly<Record<Notice['tone'], string>>;
};

export const frameTexts: Readonly<Record<ReportLanguage, FrameTexts>> = {
  en: {
    made: (time, person) => `Made ${time} UTC by ${person}`,
    noRows: 'No entries.',
    noData: 'No figures.',
    noSections: 'This report has no sections.',
    partOf: (part, parts) => `Columns, part ${part} of ${parts}`,
    statuses: { met: 'Met', 'not-met': 'Not met', customer: 'Customer’s duty' },
    tones: { info: 'Note', warning: 'Warning' },
  },
  'zh-CN': {
    made: (time, person) => `${person} 生成于 ${time} UTC`,
    noRows: '没有条目。',
    noData: '没有数据。',
    noSections: '本报告没有任何章节。',
    partOf: (part, parts) => `各列，第 ${part} 部分，共 ${parts} 部分`,
    statuses: { met: '符合', 'not-met': '不符合', customer: '客户责任' },
    tones: { info: '说明', warning: '注意' },
  },
};
