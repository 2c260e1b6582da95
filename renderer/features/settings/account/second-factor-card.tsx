import { Button, Group, Text } from '@mantine/core';
import { IconCertificate, IconDeviceDesktop, IconUsb } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../lib/session.ts';
import { SettingsCard } from '../settings-section.tsx';
import { tokensQuery } from '../keys/queries.ts';
import { type FactorTask, FactorDialog } from './factor-dialog.tsx';

/** What besides the password one's own key asks for. */
export function SecondFactorCard() {
  const { t } = useTranslation('account');
  const { person } = useSession();
  const [task, setTask] = useState<FactorTask | null>(null);
  const keychain = useQuery({ ...tokensQuery, staleTime: Number.POSITIVE_INFINITY }).data?.keychain === true;
  const icon = { size: 16, 'aria-hidden': true } as const;
  return (
    <SettingsCard title={t('factor.title')} lead={t('factor.lead')}>
      <Text>{t(`factor.state.${person.secondFactor ?? 'none'}`)}</Text>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconUsb {...icon} />} onClick={() => setTask('token')}>
          {t(person.secondFactor === 'token' ? 'factor.otherToken' : 'factor.addToken')}
        </Button>
        <Button variant="default" leftSection={<IconCertificate {...icon} />} onClick={() => setTask('certificate')}>
          {t(person.secondFactor === 'certificate' ? 'factor.otherCertificate' : 'factor.addCertificate')}
        </Button>
        {keychain && (
          <Button variant="default" leftSection={<IconDeviceDesktop {...icon} />} onClick={() => setTask('keychain')}>
            {t('factor.addKeychain')}
          </Button>
        )}
        {(person.secondFactor !== null || keychain) && (
          <Button variant="subtle" color="red" onClick={() => setTask('none')}>
            {t('factor.remove')}
          </Button>
        )}
        <Button variant="subtle" onClick={() => setTask('alone')}>
          {t('factor.tokenAlone')}
        </Button>
      </Group>
      <FactorDialog task={task} onClose={() => setTask(null)} />
    </SettingsCard>
  );
}
