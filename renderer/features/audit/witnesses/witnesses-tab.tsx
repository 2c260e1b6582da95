import { Button, Group } from '@mantine/core';
import { IconEye, IconPlus, IconTransfer } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsCard } from '../../settings/settings-section.tsx';
import classes from '../audit.module.css';
import { auditQueries } from '../queries.ts';
import { AddWitness } from './add-witness.tsx';
import { SecondMachine } from './second-machine.tsx';
import { WhatItProves } from './what-it-proves.tsx';
import { WitnessCard } from './witness-card.tsx';

/** Who outside this machine has seen how much of the log, and what has to be done so that they see more. */
export function WitnessesTab() {
  const { t } = useTranslation('audit');
  const witnesses = useQuery(auditQueries.witnesses());
  const mayManage = usePermission('audit.manage');
  const [adding, setAdding] = useState(false);
  // Null: the dialog is closed. An empty text: for a witness that has never seen this log.
  const [carrying, setCarrying] = useState<string | null>(null);
  if (witnesses.isPending) return <Loading />;
  if (witnesses.isError) return <ErrorState error={witnesses.error} onRetry={() => void witnesses.refetch()} />;
  const buttons = mayManage && (
    <Group gap="xs">
      <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAdding(true)}>
        {t('witness.add')}
      </Button>
      <Button variant="default" leftSection={<IconTransfer size={15} aria-hidden />} onClick={() => setCarrying('')}>
        {t('witness.second')}
      </Button>
    </Group>
  );
  return (
    <div className={classes['page']}>
      {witnesses.data.length === 0 ? (
        <EmptyState icon={IconEye} title={t('witness.none')} actions={buttons}>
          {t('witness.noneText')}
        </EmptyState>
      ) : (
        <>
          {buttons}
          {witnesses.data.map((witness) => (
            <WitnessCard key={witness.id} witness={witness} onCarry={() => setCarrying(witness.id)} />
          ))}
        </>
      )}
      <SettingsCard title={t('witness.provesTitle')}>
        <WhatItProves />
      </SettingsCard>
      <AddWitness opened={adding} onClose={() => setAdding(false)} />
      <SecondMachine of={carrying} witnesses={witnesses.data} onClose={() => setCarrying(null)} />
    </div>
  );
}
