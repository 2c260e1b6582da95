import { SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../lib/i18n.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { SettingsSection } from './settings-section.tsx';

/** Both choices apply at once and are kept in this browser profile. */
export function Appearance() {
  const { t } = useTranslation(['settings', 'common']);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, setLanguage } = usePreferences();
  return (
    <SettingsSection title={t('settings:sections.appearance')} lead={t('settings:appearanceHint')}>
      <Stack gap="lg" maw={420}>
        <div>
          <Text fw={600} mb={6} id="appearance-label">
            {t('common:appearance.title')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="appearance-label"
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`common:appearance.${value}`) }))}
          />
        </div>
        <div>
          <Text fw={600} mb={6} id="language-label">
            {t('common:language')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="language-label"
            value={language}
            onChange={(value) => setLanguage(value)}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
          />
        </div>
      </Stack>
    </SettingsSection>
  );
}
