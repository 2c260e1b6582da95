import { Menu, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../lib/i18n.ts';
import { usePreferences } from '../lib/preferences.ts';
import { useSession } from '../lib/session.ts';
import { signOut } from './lock.ts';

const schemes: readonly { readonly scheme: MantineColorScheme; readonly icon: typeof IconSun }[] = [
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
  { scheme: 'auto', icon: IconDeviceDesktop },
];

/** Who is signed in, appearance and language (both at once, without a reload), sign out. */
export function PersonMenu() {
  const { t } = useTranslation('common');
  const { person } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, setLanguage } = usePreferences();
  const tick = <IconCheck size={15} aria-hidden />;
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
      {schemes.map(({ scheme, icon: Icon }) => (
        <Menu.Item
          key={scheme}
          role="menuitemradio"
          aria-checked={scheme === colorScheme}
          leftSection={<Icon size={16} aria-hidden />}
          rightSection={scheme === colorScheme ? tick : null}
          onClick={() => setColorScheme(scheme)}
        >
          {t(`appearance.${scheme}`)}
        </Menu.Item>
      ))}
      <Menu.Label>{t('language')}</Menu.Label>
      {languages.map((option) => (
        <Menu.Item
          key={option}
          lang={option}
          role="menuitemradio"
          aria-checked={option === language}
          leftSection={<IconLanguage size={16} aria-hidden />}
          rightSection={option === language ? tick : null}
          onClick={() => setLanguage(option)}
        >
          {languageNames[option]}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()}>
        {t('signOut')}
      </Menu.Item>
    </Menu.Dropdown>
  );
}
