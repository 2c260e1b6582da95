import type { AuditEntry } from '../../contract/audit.ts';
import type { RunState, StepState } from '../../contract/runs.ts';
import type { FindingType } from '../../masking/finding.ts';

export type Language = 'en' | 'zh-CN';
type State = RunState | StepState;

export type ReportTexts = {
  readonly title: string;
  readonly classification: string;
  readonly intro: string;
  readonly summary: string;
  readonly flow: (name: string, version: number) => string;
  readonly labels: Record<'startedBy' | 'documents' | 'identifiers' | 'vault' | 'created' | 'report', string>;
  readonly runs: string;
  readonly runHead: readonly string[];
  readonly documentCounts: (all: number, succeeded: number, failed: number) => string;
  readonly createdBy: (time: string, person: string, version: string) => string;
  readonly identifiers: string;
  readonly identifierHead: readonly [string, string];
  readonly noIdentifiers: string;
  readonly documents: string;
  readonly pages: (pages: number, ocr: number) => string;
  readonly removed: string;
  readonly fields: string;
  readonly noFields: string;
  readonly longText: (characters: number, sha256: string) => string;
  readonly stepHead: readonly string[];
  readonly models: string;
  readonly modelHead: readonly string[];
  readonly noModels: string;
  readonly modelLabels: Readonly<Record<string, string>>;
  readonly audit: string;
  readonly auditIntro: (size: number, count: number) => string;
  readonly leafHead: readonly string[];
  readonly outcomes: Readonly<Record<AuditEntry['outcome'], string>>;
  readonly withheld: string;
  readonly verify: string;
  readonly verifyText: string;
  readonly logOrigin: string;
  readonly rootHash: string;
  readonly certificate: string;
  readonly page: (page: number, pages: number) => string;
  readonly none: string;
  readonly states: Readonly<Record<State, string>>;
  readonly findings: Readonly<Record<FindingType, string>>;
};

const en: ReportTexts = {
  title: 'Run report',
  classification: 'CONFIDENTIAL · personal data masked',
  intro:
    'What was done to which documents, by which flow and with which model, and the audit entries that prove it. Personal data that Redoubt recognises is masked. Times are UTC.',
  summary: 'Summary',
  flow: (name, version) => `${name}, version ${version}`,
  labels: {
    startedBy: 'Started by',
    documents: 'Documents',
    identifiers: 'Identifiers masked',
    vault: 'Vault',
    created: 'Made',
    report: 'Report',
  },
  runs: 'Runs',
  runHead: ['Run', 'Flow', 'Result', 'Started', 'Duration'],
  documentCounts: (all, succeeded, failed) => `${all} (${succeeded} succeeded, ${failed} failed)`,
  createdBy: (time, person, version) => `${time} by ${person}, Redoubt ${version}`,
  identifiers: 'Personal data found and masked',
  identifierHead: ['Kind', 'Number'],
  noIdentifiers: 'None was recognised in these documents.',
  documents: 'Documents',
  pages: (pages, ocr) => `${pages} ${pages === 1 ? 'page' : 'pages'}${ocr ? `, ${ocr} read by OCR` : ''}`,
  removed: 'The document has been removed from the vault since.',
  fields: 'Field',
  noFields: 'No result.',
  longText: (characters, sha256) => `Text of ${characters} characters, SHA-256 of its masked form ${sha256}`,
  stepHead: ['Step', 'Kind', 'Result', 'Attempt', 'Time', 'Tokens'],
  models: 'Models',
  modelHead: ['Model', 'SHA-256 of the file', 'Label'],
  noModels: 'No step used a model.',
  modelLabels: { test: 'test model, output is noise', demonstration: 'demonstration model' },
  audit: 'Audit proof',
  auditIntro: (size, count) =>
    `The audit log counted ${size} entries when this report was made. ${count} of them concern these runs and their documents; report.json holds, for each, the path in the Merkle tree to the signed root.`,
  leafHead: ['No.', 'Time', 'Who', 'Action', 'Subject', 'Outcome'],
  outcomes: { done: 'done', failed: 'failed', denied: 'denied' },
  withheld: 'Withheld: it names something personal. Hash',
  verify: 'How to check this report',
  verifyText:
    'VERIFY.txt in the same folder gives the commands; a PDF reader and OpenSSL 3 are enough. Compare the fingerprint (SHA-256 of root-ca.crt) below with the one that the owner of the vault gave you by another way: without that, the signature proves only that all parts come from one and the same vault.',
  logOrigin: 'Log',
  rootHash: 'Root of the log',
  certificate: 'SHA-256 of root-ca.crt',
  page: (page, pages) => `Page ${page} of ${pages}`,
  none: '–',
  states: {
    queued: 'queued',
    running: 'running',
    succeeded: 'succeeded',
    failed: 'failed',
    cancelled: 'cancelled',
    pending: 'not run',
    skipped: 'skipped',
  },
  findings: {
    'cn-resident-id': 'Chinese resident id number',
    'bank-card': 'Bank card number',
    'bank-account': 'Bank account number',
    'cn-mobile': 'Chinese mobile number',
    phone: 'Telephone number',
    email: 'E-mail address',
    'cn-uscc': 'Unified social credit code',
    iban: 'IBAN',
    ipv4: 'IP address',
  },
};

const zh: ReportTexts = {
  title: '运行报告',
  classification: '机密 · 个人信息已脱敏',
  intro:
    '本报告记录处理了哪些文件、由哪个流程使用哪个模型处理、结果如何，并附可验证的审计记录。Redoubt 识别出的个人信息均已脱敏。时间为 UTC。',
  summary: '概要',
  flow: (name, version) => `${name}，版本 ${version}`,
  labels: { startedBy: '发起人', documents: '文件', identifiers: '已脱敏标识', vault: '保险库', created: '生成', report: '报告编号' },
  runs: '运行',
  runHead: ['运行', '流程', '结果', '开始时间', '用时'],
  documentCounts: (all, succeeded, failed) => `${all} 个（成功 ${succeeded}，失败 ${failed}）`,
  createdBy: (time, person, version) => `${time}，${person} 生成，Redoubt ${version}`,
  identifiers: '发现并脱敏的个人信息',
  identifierHead: ['类型', '数量'],
  noIdentifiers: '在这些文件中未识别到个人信息。',
  documents: '文件',
  pages: (pages, ocr) => `${pages} 页${ocr ? `，其中 ${ocr} 页由 OCR 读取` : ''}`,
  removed: '该文件此后已从保险库中删除。',
  fields: '字段',
  noFields: '没有结果。',
  longText: (characters, sha256) => `文本，共 ${characters} 个字符，脱敏后文本的 SHA-256 为 ${sha256}`,
  stepHead: ['步骤', '类型', '结果', '尝试', '用时', '词元'],
  models: '模型',
  modelHead: ['模型', '模型文件的 SHA-256', '标签'],
  noModels: '没有步骤使用模型。',
  modelLabels: { test: '测试模型，输出为噪声', demonstration: '演示模型' },
  audit: '审计证明',
  auditIntro: (size, count) =>
    `生成本报告时，审计日志共有 ${size} 条记录，其中 ${count} 条与这些运行及其文件有关；report.json 为每一条给出在默克尔树中通往已签名根的路径。`,
  leafHead: ['序号', '时间', '人员', '操作', '对象', '结果'],
  outcomes: { done: '已完成', failed: '失败', denied: '被拒绝' },
  withheld: '内容不予显示（含个人信息），哈希',
  verify: '如何核验本报告',
  verifyText:
    '同一文件夹中的 VERIFY.txt 给出全部命令，只需 PDF 阅读器和 OpenSSL 3。请将下面的指纹（root-ca.crt 的 SHA-256）与保险库所有者通过其他途径提供的指纹核对：否则签名只能证明所有部分出自同一个保险库。',
  logOrigin: '日志',
  rootHash: '日志根哈希',
  certificate: 'root-ca.crt 的 SHA-256',
  page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  none: '–',
  states: {
    queued: '排队',
    running: '运行中',
    succeeded: '成功',
    failed: '失败',
    cancelled: '已取消',
    pending: '未运行',
    skipped: '已跳过',
  },
  findings: {
    'cn-resident-id': '居民身份证号',
    'bank-card': '银行卡号',
    'bank-account': '银行账号',
    'cn-mobile': '手机号码',
    phone: '电话号码',
    email: '电子邮箱',
    'cn-uscc': '统一社会信用代码',
    iban: '国际银行账号（IBAN）',
    ipv4: 'IP 地址',
  },
};

export const reportTexts: Readonly<Record<Language, ReportTexts>> = { en, 'zh-CN': zh };
