import type { ReportLanguage } from '../../../contract/reports.ts';

/** When everything in the samples happened. */
export const sampleAt = Date.UTC(2026, 0, 15, 9, 0);
export const sampleDay = 24 * 60 * 60 * 1000;

/** An id that nothing has. */
export const sampleId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

type Names = Readonly<
  Record<'person' | 'user' | 'organisation' | 'model' | 'flow' | 'case' | 'purpose' | 'field' | 'value' | 'sample', string>
> & { readonly documents: readonly string[] };

/** Made up; they name nobody. */
export const sampleNames: Readonly<Record<ReportLanguage, Names>> = {
  en: {
    person: 'Sample Person',
    user: 'sample',
    organisation: 'Sample Organisation',
    model: 'Sample Model 1B',
    flow: 'Document intake',
    case: 'Sample case',
    purpose: 'Shows what a template makes of a report.',
    field: 'supplier',
    value: 'Sample Trading Ltd',
    sample: 'Sample',
    documents: ['invoice-2026-001.pdf', 'lease-contract.pdf'],
  },
  'zh-CN': {
    person: '示例人员',
    user: 'shili',
    organisation: '示例单位',
    model: '示例模型 1B',
    flow: '文档接收',
    case: '示例案件',
    purpose: '展示模板生成的报告样式。',
    field: '供应商',
    value: '示例贸易有限公司',
    sample: '示例',
    documents: ['发票-2026-001.pdf', '租赁合同.pdf'],
  },
};
