import { useTranslation } from 'react-i18next';
import type { ReportLanguage } from '../../electron/core/contract/index.ts';

/** The page's own language, as reports and what is said of them name it. */
export function useReportLanguage(): ReportLanguage {
  const { i18n } = useTranslation();
  return i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
}
