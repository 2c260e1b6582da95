import type { Framework } from '../../../contract/attestations.ts';
import type { Language } from '../kind.ts';

export type ComplianceTexts = {
  readonly title: (standard: string) => string;
  readonly standards: Readonly<Record<Framework, string>>;
  readonly intro: string;
  readonly summary: string;
  readonly labels: Readonly<Record<'met' | 'notMet' | 'customer', string>>;
  readonly chart: string;
  readonly number: string;
  readonly open: string;
  readonly nothingOpen: string;
  readonly controls: string;
  readonly limits: string;
};

const en: ComplianceTexts = {
  title: (standard) => `Compliance status: ${standard}`,
  standards: {
    gbt22239: 'GB/T 22239-2019, level 3',
    pipl: 'Personal Information Protection Law (PIPL)',
    hipaa: 'HIPAA Security Rule',
  },
  intro:
    'Each requirement with what a program found in this vault when the report was made. Met: everything that was checked is as asked. Not met: something is not, or a check could not be carried out. Customer’s duty: no program can decide it. This is evidence for an assessment, not the assessment itself. Times are UTC.',
  summary: 'Summary',
  labels: { met: 'Met', notMet: 'Not met', customer: 'Customer’s duty' },
  chart: 'Requirements by status',
  number: 'requirements',
  open: 'Not met',
  nothingOpen: 'Everything that was checked is met.',
  controls: 'Requirements',
  limits:
    'The checks see this vault and the processes of Redoubt on this machine. They do not see the operating system, other programs, rooms or people. The limits that each check applies stand beside what it found.',
};

const zh: ComplianceTexts = {
  title: (standard) => `合规状况：${standard}`,
  standards: {
    gbt22239: 'GB/T 22239-2019 第三级',
    pipl: '个人信息保护法',
    hipaa: 'HIPAA 安全规则',
  },
  intro:
    '本报告逐项列出要求以及生成报告时程序在本保险库中的发现。符合：所检查的内容均符合要求。不符合：有内容不符合，或检查未能执行。客户责任：程序无法判断。本报告是测评的证据，不是测评本身。时间为 UTC。',
  summary: '概要',
  labels: { met: '符合', notMet: '不符合', customer: '客户责任' },
  chart: '各状态的要求数',
  number: '项',
  open: '不符合项',
  nothingOpen: '所检查的内容全部符合。',
  controls: '各项要求',
  limits: '检查范围为本保险库和本机上的 Redoubt 进程，不包括操作系统、其他程序、机房和人员。每项检查所采用的限值列在其发现旁。',
};

export const complianceTexts: Readonly<Record<Language, ComplianceTexts>> = { en, 'zh-CN': zh };
