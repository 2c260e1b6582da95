import { Group, Menu, Stack, Text, Title, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../app/brand.tsx';
import { ConnectionBanner } from '../../app/connection-banner.tsx';
import { languageNames, languages } from '../../lib/i18n.ts';
import { usePreferences } from '../../lib/preferences.ts';
import classes from './gate-page.module.css';

type Props = {
  readonly title: string;
  readonly lead?: ReactNode;
  /** A line above the title; the name of the product where nothing else is said. */
  readonly over?: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
  /** Other ways on, below the card. */
  readonly footer?: ReactNode;
};

/** The page before the workspace: one card, the language and the appearance. */
export function GatePage({ title, lead, over = 'Redoubt', wide = false, children, footer }: Props) {
  return (
    <div className={classes['page']}>
      <ConnectionBanner patient />
      <Corner />
      <main className={classes['main']}>
        <div className={classes['column']} data-wide={wide || undefined}>
          <Stack className={classes['card']} gap="md">
            <Group gap="sm" wrap="nowrap">
              <Brand size={34} />
              <div>
                <Text fz="xs" c="dimmed" fw={600}>
                  {over}
                </Text>
                <Title order={1} fz={20}>
                  {title}
                </Title>
              </div>
            </Group>
            {lead !== undefined && (
              <Text component="div" c="dimmed">
                {lead}
              </Text>
            )}
            {children}
          </Stack>
          {footer !== undefined && <div className={classes['footer']}>{footer}</div>}
        </div>
      </main>
    </div>
  );
}

function Corner() {
  const { t } = useTranslation('common');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { setLanguage } = usePreferences();
  return (
    <Group justify="flex-end" p="sm" gap="xs">
      <Menu position="bottom-end">
        <Menu.Target>
          <UnstyledButton className={classes['corner']} aria-label={t('language')}>
            <IconLanguage size={18} stroke={1.7} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {languages.map((option) => (
            <Menu.Item key={option} lang={option} onClick={() => setLanguage(option)}>
              {languageNames[option]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <UnstyledButton
        className={classes['corner']}
        aria-label={t(colorScheme === 'dark' ? 'palette.light' : 'palette.dark')}
        onClick={() => setColorScheme(colorScheme === 'dark' ? 'light' : 'dark')}
      >
        {colorScheme === 'dark' ? <IconSun size={18} stroke={1.7} aria-hidden /> : <IconMoon size={18} stroke={1.7} aria-hidden />}
      </UnstyledButton>
    </Group>
  );
}
