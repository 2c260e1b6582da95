import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const proves = ['older', 'changed', 'time'] as const;
const provesNot = ['truth', 'since', 'keeper'] as const;

/** What one may conclude from a witness, and what not. */
export function WhatItProves() {
  const { t } = useTranslation('audit');
  return (
    <>
      <Text maw={720}>{t('witness.proves.lead')}</Text>
      <div>
        <Text fw={600} fz="sm">
          {t('witness.proves.yes')}
        </Text>
        <List fz="sm" maw={720}>
          {proves.map((one) => (
            <List.Item key={one}>{t(`witness.proves.${one}`)}</List.Item>
          ))}
        </List>
      </div>
      <div>
        <Text fw={600} fz="sm">
          {t('witness.proves.not')}
        </Text>
        <List fz="sm" maw={720}>
          {provesNot.map((one) => (
            <List.Item key={one}>{t(`witness.proves.${one}`)}</List.Item>
          ))}
        </List>
      </div>
    </>
  );
}
