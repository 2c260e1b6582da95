import type { ReportLanguage } from '../../../contract/reports.ts';
import type { RunData } from '../../kinds/run/data.ts';

const at = Date.UTC(2026, 0, 15, 9, 0);
const words = {
  en: {
    flow: 'Document intake',
    documents: ['invoice-2026-001.pdf', 'lease-contract.pdf'],
    field: 'supplier',
    value: 'Sample Trading Ltd',
  },
  'zh-CN': { flow: '文档接收', documents: ['发票-2026-001.pdf', '租赁合同.pdf'], field: '供应商', value: '示例贸易有限公司' },
} as const;

/** One run over two documents. */
export function sampleRunData(language: ReportLanguage): RunData {
  const { flow, documents, field, value } = words[language];
  return {
    runs: [
      {
        id: '00000000-0000-4000-8000-000000000010',
        state: 'succeeded',
        startedAt: at,
        finishedAt: at + 42_300,
        startedBy: language === 'en' ? 'Sample Person' : '示例人员',
        error: null,
        flow: { id: '00000000-0000-4000-8000-000000000011', name: flow, version: 3, sha256: '0'.repeat(64) },
        items: documents.map((name, index) => ({
          index,
          document: {
            id: `00000000-0000-4000-8000-00000000002${index}`,
            name,
            sha256: `${index}`.repeat(64),
            size: 48_000,
            pages: 2,
            ocrPages: index,
          },
          state: 'succeeded' as const,
          error: null,
          result: { [field]: value },
          identifiers: { 'bank-card': 1, email: 2 },
          steps: ['read', 'extract', 'store'].map((nodeId, step) => ({
            nodeId,
            nodeType: ['document.read', 'llm.extract', 'archive.store'][step] ?? nodeId,
            state: 'succeeded' as const,
            attempt: 1,
            startedAt: at + step * 9_000,
            finishedAt: at + step * 9_000 + 4_200,
            tokens: step === 1 ? 812 : null,
            model: step === 1 ? 'sample-model' : null,
            error: null,
          })),
        })),
      },
    ],
    models: [{ name: 'sample-model', sha256: 'a'.repeat(64), label: null }],
    identifiers: { 'bank-card': 2, email: 4 },
  };
}
