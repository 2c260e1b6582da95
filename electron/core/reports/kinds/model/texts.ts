import type { Language } from '../kind.ts';
import type { ModelData } from './data.ts';

type Storage = NonNullable<ModelData['card']>['storage'];

export type ModelTexts = {
  readonly title: (name: string) => string;
  readonly intro: string;
  readonly removed: string;
  readonly card: string;
  readonly labels: Readonly<
    Record<
      | 'name'
      | 'headerName'
      | 'sha256'
      | 'storage'
      | 'label'
      | 'importedAt'
      | 'importedBy'
      | 'architecture'
      | 'quantisation'
      | 'parameters'
      | 'context'
      | 'embedding'
      | 'layers'
      | 'vocabulary'
      | 'template'
      | 'format'
      | 'size',
      string
    >
  >;
  readonly storages: Readonly<Record<Storage, string>>;
  readonly history: string;
  readonly historyHead: readonly string[];
  readonly noHistory: string;
  readonly versions: string;
  readonly versionHead: readonly string[];
  readonly noVersions: string;
  readonly use: string;
  readonly useLabels: Readonly<Record<'runs' | 'steps' | 'failed' | 'messages' | 'tokens' | 'first' | 'last', string>>;
  readonly useNote: string;
  readonly chart: string;
  readonly calls: string;
  readonly nodeHead: readonly [string, string];
  readonly evaluations: string;
  readonly noEvaluations: string;
};

const en: ModelTexts = {
  title: (name) => `Model card: ${name}`,
  intro:
    'The file of one model as its header describes it, who brought it in and what was done with it since, and where it was used. The header is the word of whoever made the file; the hash is what identifies it. Times are UTC.',
  removed: 'This model was removed from the vault. What follows is what the audit log knows of it.',
  card: 'The model',
  labels: {
    name: 'Name in Redoubt',
    headerName: 'Name in the header',
    sha256: 'SHA-256 of the file',
    storage: 'Kept',
    label: 'Label',
    importedAt: 'Imported',
    importedBy: 'Imported by',
    architecture: 'Architecture',
    quantisation: 'Quantisation',
    parameters: 'Parameters',
    context: 'Context length, tokens',
    embedding: 'Embedding length',
    layers: 'Layers',
    vocabulary: 'Vocabulary',
    template: 'Has a chat template',
    format: 'GGUF version',
    size: 'Size',
  },
  storages: { copied: 'copied beside the vault', linked: 'linked where it lies', 'built-in': 'ships with Redoubt' },
  history: 'History of changes',
  historyHead: ['No.', 'Time', 'Who', 'Action', 'Outcome', 'SHA-256'],
  noHistory: 'The audit log holds no change of this model.',
  versions: 'Other versions',
  versionHead: ['Name', 'Quantisation', 'Imported', 'SHA-256'],
  noVersions: 'No other file in this vault has the same name in its header.',
  use: 'Where it was used',
  useLabels: {
    runs: 'Runs',
    steps: 'Steps of runs',
    failed: 'of these failed',
    messages: 'Answers in conversations',
    tokens: 'Tokens written',
    first: 'First use',
    last: 'Last use',
  },
  useNote: 'Counted over all cases, from what they hold now: what was deleted with a case is not in it. Texts are not shown here.',
  chart: 'Calls by month',
  calls: 'calls',
  nodeHead: ['Kind of step', 'Calls'],
  evaluations: 'Evaluations',
  noEvaluations: 'No evaluation of this model is recorded in this vault.',
};

const zh: ModelTexts = {
  title: (name) => `模型卡：${name}`,
  intro:
    '本报告列出一个模型文件头部所述的信息、由谁导入、之后的变更以及使用情况。文件头部由文件制作者填写，真正标识文件的是其哈希。时间为 UTC。',
  removed: '该模型已从保险库中删除，以下为审计日志所知的内容。',
  card: '模型',
  labels: {
    name: '在 Redoubt 中的名称',
    headerName: '文件头部中的名称',
    sha256: '文件的 SHA-256',
    storage: '存放方式',
    label: '标签',
    importedAt: '导入时间',
    importedBy: '导入人',
    architecture: '架构',
    quantisation: '量化',
    parameters: '参数量',
    context: '上下文长度（词元）',
    embedding: '嵌入长度',
    layers: '层数',
    vocabulary: '词表',
    template: '含对话模板',
    format: 'GGUF 版本',
    size: '大小',
  },
  storages: { copied: '复制到保险库旁', linked: '链接到原位置', 'built-in': '随 Redoubt 提供' },
  history: '变更历史',
  historyHead: ['序号', '时间', '人员', '操作', '结果', 'SHA-256'],
  noHistory: '审计日志中没有该模型的变更记录。',
  versions: '其他版本',
  versionHead: ['名称', '量化', '导入时间', 'SHA-256'],
  noVersions: '本保险库中没有其他文件在头部使用相同名称。',
  use: '使用情况',
  useLabels: {
    runs: '运行',
    steps: '运行步骤',
    failed: '其中失败',
    messages: '对话回答',
    tokens: '生成词元',
    first: '首次使用',
    last: '最近使用',
  },
  useNote: '统计范围为所有案件目前的内容，随案件删除的部分不计入。此处不显示任何文本。',
  chart: '每月调用次数',
  calls: '次',
  nodeHead: ['步骤类型', '调用'],
  evaluations: '评估',
  noEvaluations: '本保险库中没有该模型的评估记录。',
};

export const modelTexts: Readonly<Record<Language, ModelTexts>> = { en, 'zh-CN': zh };
