import type { Language } from '../kind.ts';

export type RunTexts = {
  readonly title: (flows: string) => string;
  readonly intro: string;
  readonly summary: string;
  readonly flow: (name: string, version: number) => string;
  readonly labels: Readonly<Record<'startedBy' | 'documents' | 'identifiers', string>>;
  readonly runs: string;
  readonly runHead: readonly string[];
  readonly documentCounts: (all: number, succeeded: number, failed: number) => string;
  readonly documents: string;
  readonly pages: (pages: number, ocr: number) => string;
  readonly removed: string;
  readonly noFields: string;
  readonly longText: (characters: number, sha256: string) => string;
  readonly stepHead: readonly string[];
  readonly models: string;
  readonly modelHead: readonly string[];
  readonly noModels: string;
};

const en: RunTexts = {
  title: (flows) => `Run report: ${flows}`,
  intro:
    'What was done to which documents, by which flow and with which model, and the audit entries that prove it. Personal data that Redoubt recognises is masked. Times are UTC.',
  summary: 'Summary',
  flow: (name, version) => `${name}, version ${version}`,
  labels: { startedBy: 'Started by', documents: 'Documents', identifiers: 'Identifiers masked' },
  runs: 'Runs',
  runHead: ['Run', 'Flow', 'Result', 'Started', 'Duration'],
  documentCounts: (all, succeeded, failed) => `${all} (${succeeded} succeeded, ${failed} failed)`,
  documents: 'Documents',
  pages: (pages, ocr) => `${pages} ${pages === 1 ? 'page' : 'pages'}${ocr ? `, ${ocr} read by OCR` : ''}`,
  removed: 'The document has been removed from the vault since.',
  noFields: 'No result.',
  longText: (characters, sha256) => `Text of ${characters} characters, SHA-256 of its masked form ${sha256}`,
  stepHead: ['Step', 'Kind', 'Result', 'Attempt', 'Time', 'Tokens'],
  models: 'Models',
  modelHead: ['Model', 'SHA-256 of the file', 'Label'],
  noModels: 'No step used a model.',
};

const zh: RunTexts = {
  title: (flows) => `运行报告：${flows}`,
  intro:
    '本报告记录处理了哪些文件、由哪个流程使用哪个模型处理、结果如何，并附可验证的审计记录。Redoubt 识别出的个人信息均已脱敏。时间为 UTC。',
  summary: '概要',
  flow: (name, version) => `${name}，版本 ${version}`,
  labels: { startedBy: '发起人', documents: '文件', identifiers: '已脱敏标识' },
  runs: '运行',
  runHead: ['运行', '流程', '结果', '开始时间', '用时'],
  documentCounts: (all, succeeded, failed) => `${all} 个（成功 ${succeeded}，失败 ${failed}）`,
  documents: '文件',
  pages: (pages, ocr) => `${pages} 页${ocr ? `，其中 ${ocr} 页由 OCR 读取` : ''}`,
  removed: '该文件此后已从保险库中删除。',
  noFields: '没有结果。',
  longText: (characters, sha256) => `文本，共 ${characters} 个字符，脱敏后文本的 SHA-256 为 ${sha256}`,
  stepHead: ['步骤', '类型', '结果', '尝试', '用时', '词元'],
  models: '模型',
  modelHead: ['模型', '模型文件的 SHA-256', '标签'],
  noModels: '没有步骤使用模型。',
};

export const runTexts: Readonly<Record<Language, RunTexts>> = { en, 'zh-CN': zh };
