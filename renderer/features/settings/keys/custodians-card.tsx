import { Button, Modal, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeySlot } from '../../../../electron/core/contract/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { usePermission } from '../../../lib/session.ts';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { CustodiansMaker } from './custodians-maker.tsx';
import { slotsQuery } from './queries.ts';

/** Several people who open the vault together, none of them alone. */
export function CustodiansCard({ slots }: { readonly slots: readonly KeySlot[] }) {
  const { t } = useTranslation(['keys', 'common']);
  const queryClient = useQueryClient();
  const mayManage = usePermission('keys.manage');
  const [making, setMaking] = useState(false);
  const slot = slots.find(({ kind }) => kind === 'custodians');
  const done = (): void => {
    setMaking(false);
    notifyDone(t('custodians.done'));
    void queryClient.invalidateQueries({ queryKey: slotsQuery.queryKey });
  };
  return (
    <SettingsCard
      title={t('custodians.title')}
      lead={t('custodians.lead')}
      actions={
        mayManage && (
          <Button variant="default" leftSection={<IconUsersGroup size={16} aria-hidden />} onClick={() => setMaking(true)}>
            {t(slot ? 'custodians.replace' : 'custodians.setUp')}
          </Button>
        )
      }
    >
      {slot ? (
        <Facts>
          <Fact name={t('custodians.opens')}>
            {t('slots.sharesOf', { threshold: formatNumber(slot.threshold ?? 0), count: formatNumber(slot.shares ?? 0) })}
          </Fact>
          <Fact name={t('custodians.made')}>
            <Time at={slot.createdAt} />
          </Fact>
        </Facts>
      ) : (
        <Text c="dimmed">{t('custodians.none')}</Text>
      )}
      <Modal
        opened={making}
        onClose={() => setMaking(false)}
        closeOnClickOutside={false}
        size={680}
        title={t(slot ? 'custodians.replaceTitle' : 'custodians.setUpTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <CustodiansMaker replacing={slot !== undefined} onDone={done} />
      </Modal>
    </SettingsCard>
  );
}
