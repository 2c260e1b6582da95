import type { Language } from '../kind.ts';

export type CaseTexts = {
  readonly title: (name: string) => string;
  readonly intro: string;
  readonly facts: string;
  readonly labels: Readonly<
    Record<
      | 'name'
      | 'id'
      | 'classification'
      | 'purpose'
      | 'state'
      | 'created'
      | 'closed'
      | 'retention'
      | 'due'
      | 'hold'
      | 'counts'
      | 'entries'
      | 'refused',
      string
    >
  >;
  readonly noPurpose: string;
  readonly keptFor: (days: number, own: boolean) => string;
  readonly keptForever: string;
  readonly notHeld: string;
  readonly held: (reason: string, since: string, by: string) => string;
  readonly counts: (flows: number, conversations: number, reports: number, archived: number) => string;
  readonly people: string;
  readonly peopleHead: readonly string[];
  readonly documents: string;
  readonly documentHead: readonly string[];
  readonly noDocuments: string;
  readonly statuses: Readonly<Record<string, string>>;
  readonly runs: string;
  readonly runHead: readonly string[];
  readonly noRuns: string;
  readonly deletions: string;
  readonly deletionHead: readonly string[];
  readonly noDeletions: string;
  readonly activity: string;
  readonly activityChart: string;
  readonly entries: string;
  readonly actionHead: readonly [string, string];
  readonly personHead: readonly [string, string];
};

const en: CaseTexts = {
  title: (name) => `Case report: ${name}`,
  intro:
    'What this case is for, what it holds, who may see it, how long it is kept, what was deleted out of it, and a summary of its audit log. Personal data that Redoubt recognises is masked. Times are UTC.',
  facts: 'The case',
  labels: {
    name: 'Name',
    id: 'Id',
    classification: 'Label',
    purpose: 'Purpose of the processing',
    state: 'State',
    created: 'Begun',
    closed: 'Closed',
    retention: 'Kept after closing',
    due: 'Due for deletion',
    hold: 'Legal hold',
    counts: 'Besides documents and runs',
    entries: 'Audit entries',
    refused: 'of these denied',
  },
  noPurpose: 'none stated',
  keptFor: (days, own) => `${days} ${days === 1 ? 'day' : 'days'} (${own ? 'set for this case' : 'as the policy says'})`,
  keptForever: 'until somebody deletes it',
  notHeld: 'none',
  held: (reason, since, by) => `since ${since} by ${by}: ${reason}`,
  counts: (flows, conversations, reports, archived) =>
    `${flows} flows, ${conversations} conversations, ${reports} reports, ${archived} archived results`,
  people: 'People with access',
  peopleHead: ['Person', 'Role', 'Status', 'May', 'Since'],
  documents: 'Documents',
  documentHead: ['Document', 'Pages', 'State', 'Identifiers', 'Imported', 'By', 'SHA-256'],
  noDocuments: 'The case holds no document.',
  statuses: { queued: 'queued', reading: 'being read', ready: 'read', failed: 'failed', cancelled: 'cancelled' },
  runs: 'Runs',
  runHead: ['Run', 'Flow', 'Result', 'Documents', 'Failed', 'Started', 'By'],
  noRuns: 'Nothing was run in this case.',
  deletions: 'Deletions',
  deletionHead: ['No.', 'Time', 'Who', 'Action', 'Subject'],
  noDeletions: 'The audit log holds no deletion out of this case.',
  activity: 'Audit summary',
  activityChart: 'Audit entries over time',
  entries: 'entries',
  actionHead: ['Action', 'Number'],
  personHead: ['Person', 'Entries'],
};

const zh: CaseTexts = {
  title: (name) => `案件报告：${name}`,
  intro: '本报告列出该案件的用途、内容、有权访问的人员、保留期限、已删除的内容以及审计摘要。Redoubt 识别出的个人信息均已脱敏。时间为 UTC。',
  facts: '案件',
  labels: {
    name: '名称',
    id: '编号',
    classification: '密级',
    purpose: '处理目的',
    state: '状态',
    created: '建立',
    closed: '关闭',
    retention: '关闭后保留',
    due: '应删除日期',
    hold: '法律保全',
    counts: '文件和运行之外',
    entries: '审计记录',
    refused: '其中被拒绝',
  },
  noPurpose: '未说明',
  keptFor: (days, own) => `${days} 天（${own ? '本案件单独设定' : '按策略'}）`,
  keptForever: '直至有人删除',
  notHeld: '无',
  held: (reason, since, by) => `自 ${since} 起，${by}：${reason}`,
  counts: (flows, conversations, reports, archived) =>
    `${flows} 个流程，${conversations} 个对话，${reports} 份报告，${archived} 条归档结果`,
  people: '有权访问的人员',
  peopleHead: ['人员', '角色', '状态', '权限', '自'],
  documents: '文件',
  documentHead: ['文件', '页数', '状态', '标识', '导入时间', '导入人', 'SHA-256'],
  noDocuments: '案件中没有文件。',
  statuses: { queued: '排队', reading: '读取中', ready: '已读取', failed: '失败', cancelled: '已取消' },
  runs: '运行',
  runHead: ['运行', '流程', '结果', '文件', '失败', '开始时间', '发起人'],
  noRuns: '该案件中没有运行。',
  deletions: '删除',
  deletionHead: ['序号', '时间', '人员', '操作', '对象'],
  noDeletions: '审计日志中没有该案件的删除记录。',
  activity: '审计摘要',
  activityChart: '审计记录随时间的数量',
  entries: '条',
  actionHead: ['操作', '次数'],
  personHead: ['人员', '记录数'],
};

export const caseTexts: Readonly<Record<Language, CaseTexts>> = { en, 'zh-CN': zh };
