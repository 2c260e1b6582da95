import type { Language } from '../kind.ts';
import type { Channel, Unproven } from './data.ts';

export type EgressTexts = {
  readonly title: (from: string, to: string) => string;
  readonly intro: string;
  readonly summary: string;
  readonly channels: Readonly<Record<Channel, string>>;
  readonly channelHead: readonly string[];
  readonly entries: string;
  readonly entryHead: readonly string[];
  readonly nothing: string;
  readonly network: string;
  readonly labels: Readonly<Record<'directory' | 'listening' | 'connected' | 'backups', string>>;
  readonly directoryOff: string;
  readonly directoryOn: (url: string) => string;
  readonly unknown: string;
  readonly noSocket: string;
  readonly loopback: string;
  readonly notLoopback: string;
  readonly nowhere: string;
  readonly limits: string;
  readonly unproven: Readonly<Record<Unproven, string>>;
  readonly chart: string;
  readonly done: string;
  readonly conclusion: (left: number, refused: number) => string;
};

const en: EgressTexts = {
  title: (from, to) => `Egress attestation: ${from} to ${to}`,
  intro:
    'Everything that the audit log records as having left this vault in the period: exported reports, flows, attestations and personal data, backups, records for a log collector, what witnesses were given, and questions to a directory server. Redoubt has no other way out: it opens no connection of its own. Times are UTC.',
  summary: 'What left',
  channels: {
    reports: 'Signed reports of cases',
    flows: 'Flows as files',
    attestations: 'Attestations',
    people: 'Exports of a person’s data',
    backups: 'Backups (encrypted)',
    audit: 'Audit records for a log collector',
    witness: 'Heads of the log for a witness',
    keys: 'Recovery codes and custodians’ shares',
    signing: 'Certificate requests',
    directory: 'Questions to a directory server',
  },
  channelHead: ['Way', 'Done', 'Failed', 'Denied', 'Last'],
  entries: 'Each entry',
  entryHead: ['No.', 'Time', 'Who', 'Way', 'Action', 'Subject', 'Outcome'],
  nothing: 'Nothing left in this period.',
  network: 'Network, when this report was made',
  labels: {
    directory: 'Directory server',
    listening: 'Listening sockets',
    connected: 'Connections to other machines',
    backups: 'Folder of backups',
  },
  directoryOff: 'off',
  directoryOn: (url) => `on: ${url}`,
  unknown: 'not determined on this operating system',
  noSocket: 'none',
  loopback: 'this machine only',
  notLoopback: 'REACHABLE FROM OTHER MACHINES',
  nowhere: 'none',
  limits: 'What this report cannot prove',
  unproven: {
    screen: 'What somebody saw on the screen: photographs, screenshots, what was written down, or copied or saved from what was shown.',
    originals: 'What happens to the original files outside the vault, and to anything that was exported once it had left.',
    'other-programs': 'What other programs on this machine did, among them those that read its memory or the disk below the encryption.',
    clock: 'The time itself: it is that of the machine’s clock. Steps of the clock are recorded while the vault is open.',
    'rolled-back':
      'That vault and machine were not put back as a whole to an earlier state: no witness outside has confirmed the log, so a removed end of it would not show.',
    pruned: 'Entries older than the retention of the audit log: their hashes remain, their text does not.',
    'backup-copies': 'Copies of backup files made by others: they are encrypted, and where they are kept is not known to the vault.',
  },
  chart: 'Entries by way',
  done: 'done',
  conclusion: (left, refused) =>
    `${left} ${left === 1 ? 'entry' : 'entries'} of something that left, ${refused} that failed or were denied.`,
};

const zh: EgressTexts = {
  title: (from, to) => `数据流出证明：${from} 至 ${to}`,
  intro:
    '本报告列出审计日志在该期间记录的所有离开保险库的内容：导出的报告、流程、证明和个人数据、备份、提供给日志采集系统的记录、交给见证者的日志头，以及对目录服务器的查询。Redoubt 没有其他出口，不会自行建立任何连接。时间为 UTC。',
  summary: '流出内容',
  channels: {
    reports: '案件的签名报告',
    flows: '流程文件',
    attestations: '证明',
    people: '个人数据导出',
    backups: '备份（已加密）',
    audit: '提供给日志采集系统的审计记录',
    witness: '交给见证者的日志头',
    keys: '恢复码和保管人份额',
    signing: '证书申请',
    directory: '对目录服务器的查询',
  },
  channelHead: ['途径', '完成', '失败', '被拒绝', '最近一次'],
  entries: '逐条记录',
  entryHead: ['序号', '时间', '人员', '途径', '操作', '对象', '结果'],
  nothing: '该期间没有任何内容流出。',
  network: '生成本报告时的网络状况',
  labels: { directory: '目录服务器', listening: '监听套接字', connected: '与其他机器的连接', backups: '备份文件夹' },
  directoryOff: '关闭',
  directoryOn: (url) => `启用：${url}`,
  unknown: '在此操作系统上无法确定',
  noSocket: '无',
  loopback: '仅限本机',
  notLoopback: '可被其他机器访问',
  nowhere: '无',
  limits: '本报告不能证明的内容',
  unproven: {
    screen: '有人在屏幕上看到的内容：拍照、截屏、抄写，或从所显示的内容中复制、另存。',
    originals: '保险库之外的原始文件，以及任何内容导出之后的去向。',
    'other-programs': '本机其他程序的行为，包括读取内存或在加密层之下读取磁盘的程序。',
    clock: '时间本身：时间取自本机时钟。保险库开启期间，时钟的调整会被记录。',
    'rolled-back': '保险库和机器未被整体恢复到早先状态：没有外部见证者确认过日志，因此日志末尾被去除也无从显示。',
    pruned: '超过审计日志保留期的记录：其哈希仍在，内容已删除。',
    'backup-copies': '他人复制的备份文件：文件已加密，但保险库不知道其存放位置。',
  },
  chart: '各途径的记录数',
  done: '完成',
  conclusion: (left, refused) => `${left} 条流出记录，${refused} 条失败或被拒绝。`,
};

export const egressTexts: Readonly<Record<Language, EgressTexts>> = { en, 'zh-CN': zh };
