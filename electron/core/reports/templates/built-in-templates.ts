import { createHash } from 'node:crypto';
import { reportKind, reportLanguage, type ReportKind, type ReportLanguage } from '../../contract/reports.ts';
import type { ReportTemplate } from '../../contract/templates.ts';

export const kindNames: Readonly<Record<ReportLanguage, Readonly<Record<ReportKind, string>>>> = {
  en: {
    run: 'Run report',
    case: 'Case report',
    person: 'What is kept about a person',
    model: 'Model card',
    access: 'Access review',
    compliance: 'Compliance status',
    egress: 'Egress attestation',
  },
  'zh-CN': {
    run: '运行报告',
    case: '案卷报告',
    person: '个人信息查阅报告',
    model: '模型卡',
    access: '访问权限审查',
    compliance: '合规状况',
    egress: '数据外流证明',
  },
};

/** All sections in their usual order. */
const text = `{% for section in sections %}
{% section section.id %}
{% endfor %}
`;

/** One for each kind and language; they come with Redoubt and are the same in every vault. */
export const builtInTemplates: readonly ReportTemplate[] = reportKind.options.flatMap((kind) =>
  reportLanguage.options.map((language) => ({
    id: `built-in-${kind}-${language}`,
    kind,
    language,
    name: kindNames[language][kind],
    builtIn: true,
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
    changedAt: null,
    changedBy: null,
  })),
);

export function builtInTemplate(kind: ReportKind, language: ReportLanguage): ReportTemplate | undefined {
  return builtInTemplates.find((each) => each.kind === kind && each.language === language);
}
