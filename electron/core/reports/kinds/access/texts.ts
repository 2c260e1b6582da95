import type { Classification } from '../../../contract/cases.ts';
import type { Role } from '../../../contract/identity.ts';
import type { Language } from '../kind.ts';
import type { AccessMark } from './data.ts';

export type AccessTexts = {
  readonly title: string;
  readonly intro: (days: number) => string;
  readonly summary: string;
  readonly people: string;
  readonly labels: Readonly<Record<'mode' | 'people' | 'active' | 'marked' | 'cases' | 'calls' | 'shared', string>>;
  readonly modes: Readonly<Record<'personal' | 'separated', string>>;
  readonly peopleHead: readonly string[];
  readonly statuses: Readonly<Record<'active' | 'disabled', string>>;
  readonly marks: string;
  readonly markHead: readonly [string, string];
  readonly noMarks: string;
  readonly markTexts: Readonly<Record<AccessMark, (days: number) => string>>;
  readonly cases: string;
  readonly casesNote: string;
  readonly caseHead: readonly string[];
  readonly accesses: Readonly<Record<'read' | 'write' | 'lead', string>>;
  readonly states: Readonly<Record<'open' | 'closed', string>>;
  readonly classifications: Readonly<Record<Classification, string>>;
  readonly personal: string;
  readonly noSlot: string;
  readonly sharedSlot: (kind: string, threshold: number | null, shares: number | null) => string;
  readonly chart: string;
};

export const roleNames: Readonly<Record<Language, Readonly<Record<Role, string>>>> = {
  en: {
    owner: 'owner',
    analyst: 'analyst',
    'model-steward': 'model steward',
    viewer: 'viewer',
    'system-administrator': 'system administrator',
    'security-administrator': 'security administrator',
    'audit-administrator': 'audit administrator',
  },
  'zh-CN': {
    owner: '所有者',
    analyst: '分析员',
    'model-steward': '模型管理员',
    viewer: '查看者',
    'system-administrator': '系统管理员',
    'security-administrator': '安全管理员',
    'audit-administrator': '审计管理员',
  },
};

const en: AccessTexts = {
  title: 'Access review',
  intro: (days) =>
    `Who may do what in this vault at the time of the report: accounts, roles, key slots and memberships of cases. Marked is what a reviewer should decide about; a right counts as unused after ${days} days. Cases stand with their ids, since their names are content. Times are UTC.`,
  summary: 'Summary',
  people: 'People',
  labels: {
    mode: 'Duties',
    people: 'Accounts',
    active: 'of these active',
    marked: 'Accounts that are marked',
    cases: 'Cases',
    calls: 'Calls that a role can be given',
    shared: 'Ways in that belong to nobody',
  },
  modes: { personal: 'one owner (personal vault)', separated: 'separated among three administrators' },
  peopleHead: ['Person', 'Role', 'Status', 'Last sign-in', 'Key slots', 'Calls', 'Marks'],
  statuses: { active: 'active', disabled: 'disabled' },
  marks: 'To be decided',
  markHead: ['Person', 'What was found'],
  noMarks: 'Nothing is marked.',
  markTexts: {
    dormant: (days) => `Dormant: active, and no sign-in for ${days} days or more.`,
    'never-used': (days) => `Never used: active, made ${days} days ago or more, and never signed in.`,
    'disabled-with-slot': () => 'Disabled, and a key slot is still there.',
    'all-powerful': () => 'Over-privileged: holds every right.',
    'no-second-factor': () => 'Administers, and the password alone opens the vault.',
    'unused-access': (days) => `Over-privileged: leads or writes in a case and did nothing there for ${days} days.`,
    'case-without-role': () => 'Is a member of a case although the role does not work in cases.',
  },
  cases: 'Cases and their members',
  casesNote: 'Every other person sees nothing of a case.',
  caseHead: ['Case', 'Label', 'State', 'Members'],
  accesses: { read: 'reads', write: 'writes', lead: 'leads' },
  states: { open: 'open', closed: 'closed' },
  classifications: { public: 'public', internal: 'internal', confidential: 'confidential', secret: 'secret' },
  personal: 'personal',
  noSlot: 'none',
  sharedSlot: (kind, threshold, shares) => (threshold === null ? kind : `${kind}, ${threshold} of ${shares ?? threshold}`),
  chart: 'Active accounts by role',
};

const zh: AccessTexts = {
  title: '访问权限审查',
  intro: (days) =>
    `本报告列出生成时保险库中各账户的角色、密钥槽和案件成员资格。需要审查者决定的内容均已标注；权限超过 ${days} 天未使用即视为闲置。案件名称属于内容，因此仅列出编号。时间为 UTC。`,
  summary: '概要',
  people: '人员',
  labels: {
    mode: '职责',
    people: '账户',
    active: '其中启用',
    marked: '被标注的账户',
    cases: '案件',
    calls: '可授予角色的调用',
    shared: '不属于任何人的开启方式',
  },
  modes: { personal: '单一所有者（个人保险库）', separated: '三员分立' },
  peopleHead: ['人员', '角色', '状态', '上次登录', '密钥槽', '调用', '标注'],
  statuses: { active: '启用', disabled: '停用' },
  marks: '待决定事项',
  markHead: ['人员', '发现'],
  noMarks: '没有标注事项。',
  markTexts: {
    dormant: (days) => `休眠：账户启用，但已有 ${days} 天或更久未登录。`,
    'never-used': (days) => `从未使用：账户启用且建立已满 ${days} 天，但从未登录。`,
    'disabled-with-slot': () => '账户已停用，但密钥槽仍在。',
    'all-powerful': () => '权限过大：拥有全部权限。',
    'no-second-factor': () => '具有管理权限，但仅凭密码即可开启保险库。',
    'unused-access': (days) => `权限过大：在某案件中可写或负责，但 ${days} 天内没有任何操作。`,
    'case-without-role': () => '是案件成员，但其角色不参与案件工作。',
  },
  cases: '案件及其成员',
  casesNote: '其他任何人都看不到案件内容。',
  caseHead: ['案件', '密级', '状态', '成员'],
  accesses: { read: '可读', write: '可写', lead: '负责' },
  states: { open: '进行中', closed: '已关闭' },
  classifications: { public: '公开', internal: '内部', confidential: '机密', secret: '绝密' },
  personal: '个人',
  noSlot: '无',
  sharedSlot: (kind, threshold, shares) => (threshold === null ? kind : `${kind}，${shares ?? threshold} 份中的 ${threshold} 份`),
  chart: '各角色的启用账户数',
};

export const accessTexts: Readonly<Record<Language, AccessTexts>> = { en, 'zh-CN': zh };
