import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** The names a person reads in the language menu, each in its own language. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/** Every `renderer/locales/<language>/<namespace>.json`. */
const files = import.meta.glob<Record<string, unknown>>('../locales/*/*.json', { eager: true, import: 'default' });

const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, strings] of Object.entries(files)) {
  const [language = '', file = ''] = path.split('/').slice(-2);
  (resources[language] ??= {})[file.replace('.json', '')] = strings;
}

export const i18n = i18next.createInstance();

/** Starts the translations; resources are in the bundle, so this is done when it returns. */
export function startI18n(language: Language): void {
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: languages,
    resources,
    defaultNS: 'common',
    ns: [...new Set(Object.values(resources).flatMap((byName) => Object.keys(byName)))],
    initAsync: false,
    // React escapes by itself.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

/** The best language for what the browser or desktop reports. */
export function preferredLanguage(): Language {
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) && !navigator.language.toLowerCase().startsWith('en')
    ? 'zh-CN'
    : 'en';
}
