import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type Language, i18n, preferredLanguage } from './i18n.ts';

type Preferences = { language: Language; setLanguage(language: Language): void };

/** How this person likes the page; kept in the browser profile, holds nothing of the vault. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      language: preferredLanguage(),
      setLanguage: (language) => {
        set({ language });
        void i18n.changeLanguage(language);
        document.documentElement.lang = language;
      },
    }),
    { name: 'redoubt.preferences', partialize: ({ language }) => ({ language }) },
  ),
);
