import { Stack, Tabs } from '@mantine/core';
import { IconInfoCircle, IconPalette, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { navigate, useRoute } from '../../lib/route.ts';
import { usePermission } from '../../lib/session.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { About } from './about.tsx';
import { Appearance } from './appearance.tsx';
import { People } from './people.tsx';

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** Appearance and language for oneself, people for administrators, and what this installation is. */
export function SettingsView() {
  const { t } = useTranslation('settings');
  const mayManagePeople = usePermission('people.manage');
  const { args } = useRoute();
  const tabs = ['appearance', ...(mayManagePeople ? ['people'] : []), 'about'];
  const tab = tabs.find((name) => name === args[0]) ?? 'appearance';
  return (
    <>
      <PageHeader title={t('title')} />
      <Tabs value={tab} onChange={(value) => navigate('settings', [value ?? 'appearance'])} style={{ overflow: 'auto' }}>
        <Tabs.List px="md">
          <Tabs.Tab value="appearance" leftSection={<IconPalette {...icon} />}>
            {t('tabs.appearance')}
          </Tabs.Tab>
          {mayManagePeople && (
            <Tabs.Tab value="people" leftSection={<IconUsers {...icon} />}>
              {t('tabs.people')}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="about" leftSection={<IconInfoCircle {...icon} />}>
            {t('tabs.about')}
          </Tabs.Tab>
        </Tabs.List>
        <Stack p="md" maw={980}>
          {tab === 'appearance' && <Appearance />}
          {tab === 'people' && <People />}
          {tab === 'about' && <About />}
        </Stack>
      </Tabs>
    </>
  );
}
