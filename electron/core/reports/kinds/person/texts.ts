import type { Language } from '../kind.ts';
import type { PersonCategory, PersonData } from './data.ts';

type LeftOut = PersonData['categories'][number]['leftOut'][number];
type By = PersonData['actsOn'][number]['by'];

export type PersonTexts = {
  readonly title: (name: string) => string;
  readonly intro: string;
  readonly profile: string;
  readonly labels: Readonly<
    Record<'name' | 'userName' | 'id' | 'role' | 'status' | 'source' | 'created' | 'lastSignIn' | 'password' | 'secondFactor', string>
  >;
  readonly statuses: Readonly<Record<'active' | 'disabled', string>>;
  readonly sources: Readonly<Record<'local' | 'directory', string>>;
  readonly categories: string;
  readonly categoryHead: readonly string[];
  readonly categoryNames: Readonly<Record<PersonCategory, string>>;
  readonly leftOut: string;
  readonly leftOutTexts: Readonly<Record<LeftOut, string>>;
  readonly leftOutShort: Readonly<Record<LeftOut, string>>;
  readonly passwords: string;
  readonly fullCopy: string;
  readonly cases: string;
  readonly caseHead: readonly string[];
  readonly noCases: string;
  readonly acts: string;
  readonly actHead: readonly [string, string];
  readonly actsChart: string;
  readonly actsOn: string;
  readonly actsOnHead: readonly string[];
  readonly by: Readonly<Record<By, string>>;
  readonly nothing: string;
};

const en: PersonTexts = {
  title: (name) => `Data held about ${name}`,
  intro:
    'What this vault holds about one person who has an account in it (PIPL article 45, GDPR article 15), by category, with the time it spans. Data about people that stand inside documents are content of cases and not part of this report. Times are UTC.',
  profile: 'The account',
  labels: {
    name: 'Name',
    userName: 'User name',
    id: 'Id',
    role: 'Role',
    status: 'Status',
    source: 'Password is checked by',
    created: 'Account made',
    lastSignIn: 'Last sign-in',
    password: 'Password changed',
    secondFactor: 'Second factor',
  },
  statuses: { active: 'active', disabled: 'disabled' },
  sources: { local: 'this vault', directory: 'the directory server' },
  categories: 'What is held, by category',
  categoryHead: ['Category', 'Entries', 'From', 'To', 'What is kept of each', 'Left out'],
  categoryNames: {
    profile: 'Account',
    sessions: 'Sessions that are open',
    'acts-of-the-person': 'What the person did (audit log)',
    'acts-on-the-person': 'What was done to the account (audit log)',
    cases: 'Memberships of cases',
    documents: 'Documents the person imported',
    flows: 'Versions of flows the person saved',
    runs: 'Runs the person started',
    conversations: 'Conversations',
    messages: 'Messages in conversations',
    reports: 'Reports the person made',
  },
  leftOut: 'What is left out, and why',
  leftOutTexts: {
    'case-content':
      'Names, titles and texts of cases: they belong to the cases and may be about others. Who is in a case, and the person for its own conversations, gets them with the full copy.',
    'other-people': 'Who else acted on the account: that is data about those people. That it was somebody else is shown.',
  },
  leftOutShort: { 'case-content': 'content of cases', 'other-people': 'other people' },
  passwords: 'Passwords and keys: the vault holds them only as slow hashes or wrapped keys, from which nobody can tell them.',
  fullCopy:
    'The full copy, as JSON files, is made by the person under “export my data” or by who administers people; it is recorded and may need a second person.',
  cases: 'Cases',
  caseHead: ['Case', 'May', 'Since'],
  noCases: 'The person is in no case.',
  acts: 'What the person did',
  actHead: ['Action', 'Number'],
  actsChart: 'Entries by action, the most frequent',
  actsOn: 'What was done to the account',
  actsOnHead: ['No.', 'Time', 'Action', 'By'],
  by: { self: 'the person', another: 'somebody else', system: 'the application' },
  nothing: 'Nothing.',
};

const zh: PersonTexts = {
  title: (name) => `关于 ${name} 的个人数据`,
  intro:
    '本报告按类别列出本保险库持有的、关于一名账户持有人的数据及其时间范围（《个人信息保护法》第四十五条，GDPR 第 15 条）。文件中涉及的个人信息属于案件内容，不在本报告范围内。时间为 UTC。',
  profile: '账户',
  labels: {
    name: '姓名',
    userName: '用户名',
    id: '编号',
    role: '角色',
    status: '状态',
    source: '密码由谁核验',
    created: '账户建立',
    lastSignIn: '上次登录',
    password: '密码更改',
    secondFactor: '第二因素',
  },
  statuses: { active: '启用', disabled: '停用' },
  sources: { local: '本保险库', directory: '目录服务器' },
  categories: '按类别列出的数据',
  categoryHead: ['类别', '条数', '自', '至', '每条保存的内容', '未列出'],
  categoryNames: {
    profile: '账户',
    sessions: '当前会话',
    'acts-of-the-person': '本人的操作（审计日志）',
    'acts-on-the-person': '对该账户的操作（审计日志）',
    cases: '案件成员资格',
    documents: '本人导入的文件',
    flows: '本人保存的流程版本',
    runs: '本人发起的运行',
    conversations: '对话',
    messages: '对话中的消息',
    reports: '本人生成的报告',
  },
  leftOut: '未列出的内容及原因',
  leftOutTexts: {
    'case-content': '案件的名称、标题和文本：它们属于案件，也可能涉及他人。案件成员以及本人（对自己的对话）可在完整副本中获得。',
    'other-people': '对该账户进行操作的其他人的姓名：这属于他人的个人信息。是否由他人操作已经列明。',
  },
  leftOutShort: { 'case-content': '案件内容', 'other-people': '他人信息' },
  passwords: '密码和密钥：保险库仅以慢哈希或加密包裹的形式保存，任何人都无法从中得知其内容。',
  fullCopy: '完整副本（JSON 文件）可由本人通过“导出我的数据”或由人员管理员生成；该操作会被记录，并可能需要第二人批准。',
  cases: '案件',
  caseHead: ['案件', '权限', '自'],
  noCases: '此人不在任何案件中。',
  acts: '本人的操作',
  actHead: ['操作', '次数'],
  actsChart: '各操作的记录数（最多的若干项）',
  actsOn: '对该账户的操作',
  actsOnHead: ['序号', '时间', '操作', '操作者'],
  by: { self: '本人', another: '他人', system: '应用程序' },
  nothing: '无。',
};

export const personTexts: Readonly<Record<Language, PersonTexts>> = { en, 'zh-CN': zh };
