import { useMantineColorScheme } from '@mantine/core';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconChevronRight, IconLanguage, IconLock, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommandRegistry } from '../lib/commands.ts';
import { languageNames, languages } from '../lib/i18n.ts';
import { usePreferences } from '../lib/preferences.ts';
import { navigate } from '../lib/route.ts';
import { KeyHint, modKey } from '../ui/key-hint.tsx';
import { lockVault } from './lock.ts';
import type { View } from './views.tsx';

const iconProps = { size: 17, stroke: 1.7, 'aria-hidden': true } as const;

/** Ctrl/Cmd + K: every view, what the present view offers, and the settings one changes often. */
export function Palette({ views }: { readonly views: readonly View[] }) {
  const { t } = useTranslation('common');
  const groups = useCommandRegistry((registry) => registry.groups);
  const { setColorScheme } = useMantineColorScheme();
  const { language, setLanguage } = usePreferences();

  const actions: SpotlightActionGroupData[] = [
    ...Object.entries(groups).map(([group, commands]) => ({
      group,
      actions: commands.map(({ id, title, keys, perform }) => ({
        id,
        label: title,
        leftSection: <IconChevronRight {...iconProps} />,
        rightSection: keys ? <KeyHint keys={keys} /> : null,
        onClick: perform,
      })),
    })),
    {
      group: t('palette.views'),
      actions: views.map((view) => ({
        id: `view:${view.id}`,
        label: t(`views.${view.id}`),
        keywords: view.id,
        leftSection: <view.icon {...iconProps} />,
        rightSection: <KeyHint keys={`${modKey}${view.digit}`} />,
        onClick: () => navigate(view.id),
      })),
    },
    {
      group: t('palette.general'),
      actions: [
        {
          id: 'lock',
          label: t('lock'),
          leftSection: <IconLock {...iconProps} />,
          rightSection: <KeyHint keys={`${modKey}L`} />,
          onClick: () => void lockVault(),
        },
        { id: 'light', label: t('palette.light'), leftSection: <IconSun {...iconProps} />, onClick: () => setColorScheme('light') },
        { id: 'dark', label: t('palette.dark'), leftSection: <IconMoon {...iconProps} />, onClick: () => setColorScheme('dark') },
        ...languages
          .filter((option) => option !== language)
          .map((option) => ({
            id: `language:${option}`,
            label: languageNames[option],
            keywords: t('language'),
            leftSection: <IconLanguage {...iconProps} />,
            onClick: () => setLanguage(option),
          })),
      ],
    },
  ].filter(({ actions }) => actions.length > 0);

  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      tagsToIgnore={[]}
      nothingFound={t('palette.nothing')}
      scrollable
      maxHeight={440}
      overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
      transitionProps={{ duration: 0 }}
      searchProps={{
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
        leftSection: <IconSearch {...iconProps} />,
      }}
    />
  );
}
