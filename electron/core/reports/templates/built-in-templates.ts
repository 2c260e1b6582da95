import { createHash } from 'node:crypto';
import { reportKind, reportLanguage, type ReportKind, type ReportLanguage } from '../../contract/reports.ts';
import type { ReportTemplate } from '../../contract/templates.ts';

export const kindNames: Readonly<Record<ReportLanguage, Readonly<Record<ReportKind, string>>>> = {
  en: {
    run: 'Run report',
    case: 'Case report',
    person: 'Data held about a person',
    model: 'Model card',
    access: 'Access review',
    compliance: 'Compliance status',
    egress: 'Egress attestation',
  },
  'zh-CN': {
    run: '运行报告',
    case: '案件报告',
    person: '个人数据报告',
    model: '模型卡',
    access: '访问权限审查',
    compliance: '合规状况',
    egress: '数据流出证明',
  },
};

/** Sections of each kind in their usual order. */
const order: Readonly<Record<ReportKind, readonly string[]>> = {
  run: ['summary', 'runs', 'identifiers', 'documents', 'models'],
  case: ['case', 'people', 'documents', 'identifiers', 'runs', 'deletions', 'activity'],
  person: ['profile', 'categories', 'left-out', 'cases', 'acts', 'acts-on'],
  model: ['card', 'history', 'versions', 'use', 'evaluations'],
  access: ['summary', 'marks', 'people', 'cases'],
  compliance: ['summary', 'open', 'controls'],
  egress: ['summary', 'entries', 'network', 'limits'],
};
const comments: Readonly<Record<ReportLanguage, readonly [string, string]>> = {
  en: ['Text in Markdown may stand between the sections.', 'Then all sections that are not named here.'],
  'zh-CN': ['各章节之间可以加入 Markdown 文字。', '其后是未在此列出的所有章节。'],
};

function textOf(kind: ReportKind, language: ReportLanguage): string {
  const [first, last] = comments[language].map((comment) => `{% comment %} ${comment} {% endcomment %}`);
  return [first, ...order[kind].map((id) => `{% section '${id}' %}`), last, '{% sections %}'].join('\n\n').concat('\n');
}

/** One for each kind and language; they come with Redoubt and are the same in every vault. */
export const builtInTemplates: readonly ReportTemplate[] = reportKind.options.flatMap((kind) =>
  reportLanguage.options.map((language) => ({
    text: textOf(kind, language),
    id: `built-in-${kind}-${language}`,
    kind,
    language,
    name: kindNames[language][kind],
    builtIn: true,
    sha256: createHash('sha256').update(textOf(kind, language)).digest('hex'),
    changedAt: null,
    changedBy: null,
  })),
);
