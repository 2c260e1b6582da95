import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFileText } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeySlot } from '../../../../electron/core/contract/index.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { usePermission } from '../../../lib/session.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Time } from '../../../ui/time.tsx';
import { RecoveryMaker } from '../../vault/recovery/recovery-maker.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { slotsQuery } from './queries.ts';

/** The printed recovery code: whether there is one, and a new one. */
export function RecoveryCard({ slots }: { readonly slots: readonly KeySlot[] }) {
  const { t } = useTranslation(['keys', 'common']);
  const queryClient = useQueryClient();
  const mayManage = usePermission('keys.manage');
  const [making, setMaking] = useState(false);
  const slot = slots.find(({ kind }) => kind === 'recovery');
  const custodians = slots.some(({ kind }) => kind === 'custodians');
  const done = (): void => {
    setMaking(false);
    notifyDone(t('recovery.done'));
    void queryClient.invalidateQueries({ queryKey: slotsQuery.queryKey });
  };
  return (
    <SettingsCard
      title={t('recovery.title')}
      lead={t('recovery.lead')}
      actions={
        mayManage && (
          <Button
            variant={slot ? 'default' : 'filled'}
            leftSection={<IconFileText size={16} aria-hidden />}
            onClick={() => setMaking(true)}
          >
            {t(slot ? 'recovery.replace' : 'recovery.make')}
          </Button>
        )
      }
    >
      {slot ? (
        <Facts>
          <Fact name={t('recovery.have')}>
            <Time at={slot.createdAt} />
          </Fact>
        </Facts>
      ) : custodians ? (
        <Text c="dimmed">{t('recovery.custodiansOnly')}</Text>
      ) : (
        <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {t('recovery.none')}
        </Alert>
      )}
      <Modal
        opened={making}
        onClose={() => setMaking(false)}
        closeOnClickOutside={false}
        size={620}
        title={t(slot ? 'recovery.replaceTitle' : 'recovery.makeTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack gap="md">
          <Text>{t(slot ? 'recovery.replaceText' : 'recovery.makeText')}</Text>
          <RecoveryMaker onDone={done} />
        </Stack>
      </Modal>
    </SettingsCard>
  );
}
