import type { Assessment } from '../../../compliance/finding.ts';
import type { ReportLanguage } from '../../../contract/reports.ts';
import type { AccessData } from '../../kinds/access/data.ts';
import type { EgressData } from '../../kinds/egress/data.ts';
import type { ModelData } from '../../kinds/model/data.ts';
import type { PersonData } from '../../kinds/person/data.ts';
import { sampleAt as at, sampleDay as day, sampleId, sampleNames } from './names.ts';

/** What a model that nobody has did. */
export function sampleModel(language: ReportLanguage): ModelData {
  const sha256 = 'a'.repeat(64);
  const { person, model } = sampleNames[language];
  const header = { formatVersion: 3, architecture: 'llama', name: model, quantisation: 'Q4_K_M', parameters: 1_235_814_400 };
  const sizes = { contextLength: 8192, embeddingLength: 2048, layers: 16, vocabularySize: 128_256, fileSize: 807_690_656 };
  return {
    id: sampleId(30),
    card: {
      displayName: model,
      sha256,
      storage: 'copied',
      label: null,
      importedAt: at,
      importedBy: person,
      header: { ...header, ...sizes, hasChatTemplate: true },
    },
    sha256,
    history: [{ sequence: 12, at, actor: person, action: 'models.import', outcome: 'done', sha256 }],
    versions: [],
    use: {
      runs: 14,
      steps: 260,
      failedSteps: 3,
      messages: 41,
      tokens: 182_400,
      first: at,
      last: at + 60 * day,
      months: [
        { month: '2026-01', calls: 90 },
        { month: '2026-02', calls: 130 },
        { month: '2026-03', calls: 81 },
      ],
      nodeTypes: { 'llm.extract': 260 },
    },
  };
}

/** What is held about an account that nobody has. */
export function samplePerson(language: ReportLanguage): PersonData {
  const { person, user } = sampleNames[language];
  const kept = (category: PersonData['categories'][number]['category'], entries: number, fields: string[]) =>
    ({ category, entries, fields, first: at, last: at + 9 * day, leftOut: [] }) as const;
  const categories = [
    { ...kept('profile', 1, ['userName', 'displayName', 'role']), leftOut: [] },
    { ...kept('sessions', 2, ['createdAt', 'lastSeenAt']), leftOut: [] },
    { ...kept('documents', 7, ['id', 'size', 'importedAt']), leftOut: ['case-content' as const] },
  ];
  return {
    person: {
      id: sampleId(1),
      userName: user,
      displayName: person,
      role: 'analyst',
      status: 'active',
      source: 'local',
      createdAt: at,
      lastSignInAt: at + 9 * day,
      passwordChangedAt: at,
      secondFactor: false,
    },
    categories,
    cases: [{ id: sampleId(2), access: 'write', since: at }],
    acts: { 'documents.import': 7, 'runs.start': 3, 'vault.unlock': 12 },
    actsOn: [{ sequence: 5, at, action: 'identity.create-person', by: 'another' }],
  };
}

/** Who may do what in a vault that is not there. */
export function sampleAccess(language: ReportLanguage): AccessData {
  const { person, user } = sampleNames[language];
  const common = { status: 'active', source: 'local', createdAt: at, passwordChangedAt: at, lockedUntil: null } as const;
  const first = { id: sampleId(1), userName: user, displayName: person, role: 'analyst', lastSignInAt: at + 9 * day } as const;
  const second = { id: sampleId(3), userName: 'admin', displayName: 'admin', role: 'security-administrator', lastSignInAt: null } as const;
  return {
    mode: 'separated',
    dormantDays: 90,
    people: [
      { ...common, ...first, calls: 61, slots: [['password']], secondFactor: false, marks: [] },
      { ...common, ...second, calls: 48, slots: [['password', 'token']], secondFactor: true, marks: ['never-used'] },
    ],
    cases: [
      {
        id: sampleId(2),
        classification: 'confidential',
        state: 'open',
        personal: false,
        members: [{ userName: user, access: 'lead', since: at }],
      },
    ],
    sharedSlots: [{ kind: 'recovery', threshold: null, shares: null }],
    calls: 140,
  };
}

/** Three requirements, one for each status. */
export const sampleAssessment: Assessment = {
  framework: 'gbt22239',
  controls: [
    {
      reference: '8.1.4.1 a)',
      title: { en: 'Unique identities', 'zh-CN': '身份标识唯一' },
      status: 'met',
      evidence: [{ fact: 'accounts', values: { people: 12, active: 10, withoutSlot: 0, repeated: 0 } }],
    },
    {
      reference: '8.1.4.1 b)',
      title: { en: 'Failed sign-ins are dealt with', 'zh-CN': '登录失败处理' },
      status: 'not-met',
      evidence: [{ fact: 'lockout', values: { attempts: 20, minutes: 5, locked: 0 } }],
    },
    {
      reference: '8.1.1.1',
      title: { en: 'Physical access', 'zh-CN': '物理访问控制' },
      status: 'customer',
      evidence: [{ fact: 'duty', values: { duty: 'physical' } }],
    },
  ],
};

/** What left a vault that is not there. */
export function sampleEgress(language: ReportLanguage): EgressData {
  const { person } = sampleNames[language];
  const entry = { at: at + day, actor: person, outcome: 'done' } as const;
  return {
    from: at,
    to: at + 30 * day,
    channels: [
      { channel: 'reports', done: 1, failed: 0, denied: 1, lastAt: at + day },
      { channel: 'backups', done: 30, failed: 0, denied: 0, lastAt: at + 29 * day },
    ],
    entries: [{ ...entry, sequence: 88, channel: 'reports', action: 'reports.export', subject: sampleId(40) }],
    network: {
      directory: { enabled: false, url: null },
      listening: [{ protocol: 'tcp', address: '127.0.0.1', port: 49_152, loopback: true }],
      connected: [],
      backupFolder: null,
    },
    unproven: ['screen', 'clock'],
  };
}
