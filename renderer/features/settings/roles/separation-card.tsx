import { Alert, Button, List, Text } from '@mantine/core';
import { IconShieldHalf } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { policiesQuery } from '../../../lib/policies.ts';
import { usePermission, useSession } from '../../../lib/session.ts';
import { slotsQuery } from '../keys/queries.ts';
import { SettingsCard } from '../settings-section.tsx';
import { needsRecovery } from './recovery-first.tsx';
import { SeparateDuties } from './separate-duties.tsx';

/** Whether one person may do everything here, or three administrators share the power and none sees content. */
export function SeparationCard() {
  const { t } = useTranslation('roles');
  const mode = useQuery(policiesQuery()).data?.mode;
  const owner = useSession().person.role === 'owner';
  const mayManage = usePermission('policies.manage') && owner;
  const [asking, setAsking] = useState(false);
  const slots = useQuery({ ...slotsQuery, enabled: mayManage && mode === 'personal' }).data;
  const sheetFirst = slots !== undefined && needsRecovery(slots);
  if (mode === undefined) return null;
  const separated = mode === 'separated';
  return (
    <SettingsCard
      title={t('separation.title')}
      lead={t(separated ? 'separation.isSeparated' : 'separation.isPersonal')}
      actions={
        !separated &&
        mayManage && (
          <Button variant="default" leftSection={<IconShieldHalf size={16} aria-hidden />} onClick={() => setAsking(true)}>
            {t(sheetFirst ? 'separation.sheetButton' : 'separation.button')}
          </Button>
        )
      }
    >
      {separated ? (
        <Alert color="green" p="xs">
          {t('separation.stays')}
        </Alert>
      ) : (
        <>
          <Text>{t('separation.what')}</Text>
          <List fz="sm" spacing={2}>
            {(['system', 'security', 'audit'] as const).map((who) => (
              <List.Item key={who}>{t(`separation.each.${who}`)}</List.Item>
            ))}
          </List>
          {mayManage && sheetFirst && <Text c="dimmed">{t('separation.sheetFirst')}</Text>}
        </>
      )}
      <SeparateDuties opened={asking} onClose={() => setAsking(false)} />
    </SettingsCard>
  );
}
