import { Button, Group, List, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GatePage } from '../gate-page.tsx';
import { RecoveryMaker } from '../recovery/recovery-maker.tsx';
import { goToStep } from './first-run-state.ts';
import { useStepText } from './steps.ts';

/** The sheet of paper that opens the vault when the password is forgotten; may be left for later, after a word about it. */
export function RecoveryStep() {
  const { t } = useTranslation('vault');
  const over = useStepText(2);
  const [leaving, setLeaving] = useState(false);
  const next = (): void => goToStep('duties');
  if (leaving)
    return (
      <GatePage title={t('recovery.laterTitle')} over={over}>
        <Text>{t('recovery.laterText')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={next}>
            {t('recovery.laterConfirm')}
          </Button>
          <Button size="sm" autoFocus onClick={() => setLeaving(false)}>
            {t('recovery.laterBack')}
          </Button>
        </Group>
      </GatePage>
    );
  return (
    <GatePage title={t('recovery.title')} lead={t('recovery.lead')} over={over} wide>
      <List fz="sm" spacing={4} type="ordered">
        <List.Item>{t('recovery.step1')}</List.Item>
        <List.Item>{t('recovery.step2')}</List.Item>
        <List.Item>{t('recovery.step3')}</List.Item>
      </List>
      <RecoveryMaker
        onDone={next}
        beside={
          <Button size="sm" variant="subtle" onClick={() => setLeaving(true)}>
            {t('recovery.later')}
          </Button>
        }
      />
    </GatePage>
  );
}
