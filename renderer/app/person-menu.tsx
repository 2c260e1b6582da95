import { Menu, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Language, languageNames, languages } from '../lib/i18n.ts';
import { usePreferences } from '../lib/preferences.ts';
import { useSession } from '../lib/session.ts';
import { signOut } from './lock.ts';

const schemes = ['light', 'dark', 'auto'] as const satisfies readonly MantineColorScheme[];

/** Who is signed in, appearance and language (both at once, without a reload), sign out. */
export function PersonMenu() {
  const { t } = useTranslation('common');
  const { person } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, setLanguage } = usePreferences();
  return (
    <Menu.Dropdown>
      <Menu.Label>
        <Text fz="sm" c="var(--mantine-color-text)" fw={600} truncate>
          {person.displayName}
        </Text>
        <Text fz="xs" c="dimmed" truncate>
          {person.userName} · {t(`roles.${person.role}`)}
        </Text>
      </Menu.Label>
      <Menu.Divider />
      <Menu.Label>{t('appearance.title')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)}>
        {schemes.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(`appearance.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Label>{t('language')}</Menu.Label>
      <Menu.RadioGroup value={language} onChange={(value) => setLanguage(value as Language)}>
        {languages.map((option) => (
          <Menu.RadioItem key={option} value={option} lang={option}>
            {languageNames[option]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
        {t('signOut')}
      </Menu.Item>
    </Menu.Dropdown>
  );
}
