import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { desktop } from '../lib/desktop.ts';
import { usePreferences } from '../lib/preferences.ts';

/** Lets the native frame and menu follow the language and the scheme chosen in the page. */
export function useDesktopPreferences(): void {
  const { colorScheme } = useMantineColorScheme();
  const { language } = usePreferences();
  useEffect(() => {
    desktop()?.setPreferences({ language, scheme: colorScheme === 'auto' ? 'system' : colorScheme });
  }, [language, colorScheme]);
}
