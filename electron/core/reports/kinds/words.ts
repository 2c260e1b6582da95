import type { AuditEntry } from '../../contract/audit.ts';
import type { RunState, StepState } from '../../contract/runs.ts';
import type { FindingType } from '../../masking/finding.ts';
import type { Language } from './kind.ts';

/** What reports of several kinds say, in one language. */
export type Words = {
  /** Where a value is missing. */
  readonly none: string;
  readonly yes: string;
  readonly no: string;
  readonly never: string;
  readonly system: string;
  /** The banner where neither the organisation nor who makes the report names one. */
  readonly classification: string;
  readonly utc: string;
  readonly labels: Readonly<Record<'vault' | 'created' | 'report' | 'period', string>>;
  readonly createdBy: (time: string, person: string, version: string) => string;
  readonly period: (from: string, to: string) => string;
  readonly bytes: (bytes: number) => string;
  readonly days: (days: number) => string;
  readonly states: Readonly<Record<RunState | StepState, string>>;
  readonly findings: Readonly<Record<FindingType, string>>;
  readonly modelLabels: Readonly<Record<string, string>>;
  readonly outcomes: Readonly<Record<AuditEntry['outcome'], string>>;
  readonly identifiers: { readonly title: string; readonly head: readonly [string, string]; readonly none: string };
  readonly audit: {
    readonly title: string;
    readonly intro: (size: number, count: number) => string;
    readonly capped: (shown: number, all: number) => string;
    readonly head: readonly [string, string, string, string, string, string];
    readonly withheld: string;
  };
  readonly verify: {
    readonly title: string;
    readonly text: string;
    readonly origin: string;
    readonly root: string;
    readonly certificate: string;
    readonly noWitness: string;
    /** `at`: by the witness’s clock. `since`: entries written after the state it saw. */
    readonly witnessed: (names: string, size: number, at: string | null, since: number) => string;
  };
};

const en: Words = {
  none: '–',
  yes: 'yes',
  no: 'no',
  never: 'never',
  system: 'system',
  classification: 'CONFIDENTIAL · personal data masked',
  utc: 'Times are UTC.',
  labels: { vault: 'Vault', created: 'Made', report: 'Report', period: 'Period' },
  createdBy: (time, person, version) => `${time} by ${person}, Redoubt ${version}`,
  period: (from, to) => `${from} to ${to}`,
  bytes: (bytes) => `${bytes.toLocaleString('en')} bytes`,
  days: (days) => `${days} ${days === 1 ? 'day' : 'days'}`,
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
  modelLabels: { test: 'test model, output is noise', demonstration: 'demonstration model' },
  outcomes: { done: 'done', failed: 'failed', denied: 'denied' },
  identifiers: {
    title: 'Personal data found and masked',
    head: ['Kind', 'Number'],
    none: 'None was recognised in these documents.',
  },
  audit: {
    title: 'Audit proof',
    intro: (size, count) =>
      `The audit log counted ${size} entries when this report was made. ${count} of them are what it rests on; report.json holds, for each, the path in the Merkle tree to the signed root.`,
    capped: (shown, all) => `Of ${all} entries the newest ${shown} are attached; the others stand in the audit log.`,
    head: ['No.', 'Time', 'Who', 'Action', 'Subject', 'Outcome'],
    withheld: 'Withheld: it names something personal or of a case. Hash',
  },
  verify: {
    title: 'How to check this report',
    text: 'VERIFY.txt in the same folder gives the commands; a PDF reader and OpenSSL 3 are enough. Compare the fingerprint (SHA-256 of root-ca.crt) below with the one that the owner of the vault gave you by another way: without that, the signature proves only that all parts come from one and the same vault.',
    origin: 'Log',
    root: 'Root of the log',
    certificate: 'SHA-256 of root-ca.crt',
    noWitness:
      'No outside witness has confirmed this log. Whoever holds the vault’s password and the machine could have put both back to an earlier state as a whole, and nothing in this report would show it.',
    witnessed: (names, size, at, since) =>
      `Outside this machine ${names} confirmed the first ${size} entries of this log${at === null ? '' : ` at ${at}`}; report.json holds the cosigned state and the proof that the log continues it. Of the ${since} entries written since, nobody outside has seen any: whoever could put vault and machine back to a state after that one would not be found out by it.`,
  },
};

const zh: Words = {
  none: '–',
  yes: '是',
  no: '否',
  never: '从未',
  system: '系统',
  classification: '机密 · 个人信息已脱敏',
  utc: '时间为 UTC。',
  labels: { vault: '保险库', created: '生成', report: '报告编号', period: '期间' },
  createdBy: (time, person, version) => `${time}，${person} 生成，Redoubt ${version}`,
  period: (from, to) => `${from} 至 ${to}`,
  bytes: (bytes) => `${bytes.toLocaleString('en')} 字节`,
  days: (days) => `${days} 天`,
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
  modelLabels: { test: '测试模型，输出为噪声', demonstration: '演示模型' },
  outcomes: { done: '已完成', failed: '失败', denied: '被拒绝' },
  identifiers: { title: '发现并脱敏的个人信息', head: ['类型', '数量'], none: '在这些文件中未识别到个人信息。' },
  audit: {
    title: '审计证明',
    intro: (size, count) =>
      `生成本报告时，审计日志共有 ${size} 条记录，其中 ${count} 条是本报告的依据；report.json 为每一条给出在默克尔树中通往已签名根的路径。`,
    capped: (shown, all) => `共 ${all} 条记录，附上最新的 ${shown} 条，其余见审计日志。`,
    head: ['序号', '时间', '人员', '操作', '对象', '结果'],
    withheld: '内容不予显示（含个人信息或案件内容），哈希',
  },
  verify: {
    title: '如何核验本报告',
    text: '同一文件夹中的 VERIFY.txt 给出全部命令，只需 PDF 阅读器和 OpenSSL 3。请将下面的指纹（root-ca.crt 的 SHA-256）与保险库所有者通过其他途径提供的指纹核对：否则签名只能证明所有部分出自同一个保险库。',
    origin: '日志',
    root: '日志根哈希',
    certificate: 'root-ca.crt 的 SHA-256',
    noWitness:
      '没有外部见证者确认过此日志。掌握保险库密码和这台机器的人可以把二者整体恢复到早先的状态，本报告中的任何内容都无法显示这一点。',
    witnessed: (names, size, at, since) =>
      `外部见证者 ${names} 已${at === null ? '' : `于 ${at} `}确认此日志的前 ${size} 条记录；report.json 附有经其共同签名的状态，以及日志延续该状态的证明。此后新增的 ${since} 条记录尚无外部人员见过：若有人把保险库和机器恢复到该状态之后的某一时刻，见证者无法发现。`,
  },
};

const words: Readonly<Record<Language, Words>> = { en, 'zh-CN': zh };
export function wordsOf(language: Language): Words {
  return words[language];
}

/** The name of a kind of personal data; of one that has none, its id. */
export function findingName(type: string, { findings }: Words): string {
  const names: Readonly<Record<string, string>> = findings;
  return names[type] ?? type;
}
