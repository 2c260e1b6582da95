import type { ReportLanguage } from '../../contract/reports.ts';
import type { Fact } from '../finding.ts';
import { enFacts, type FactTexts } from './en.ts';
import { zhFacts } from './zh-cn.ts';

const texts: Readonly<Record<ReportLanguage, FactTexts>> = { en: enFacts, 'zh-CN': zhFacts };

/** What was found, as a sentence. */
export function say({ fact, values }: Fact, language: ReportLanguage): string {
  const sentence = texts[language][fact] as (values: Fact['values']) => string;
  return sentence(values);
}
