import { reportLanguage, type ReportLanguage } from '../core/contract/reports.ts';
import { UsageError } from './command.ts';

/** @throws UsageError */
export function reportLanguageOf(text: string | undefined): ReportLanguage {
  const read = reportLanguage.safeParse(text ?? 'en');
  if (!read.success) throw new UsageError(`--language takes ${reportLanguage.options.join(' or ')}.`);
  return read.data;
}
