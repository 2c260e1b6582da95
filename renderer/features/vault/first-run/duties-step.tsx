import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { slotsQuery } from '../../settings/keys/queries.ts';
import { needsRecovery, RecoveryFirst } from '../../settings/roles/recovery-first.tsx';
import { SeparationForm } from '../../settings/roles/separate-duties.tsx';
import { GatePage } from '../gate-page.tsx';
import { goToStep } from './first-run-state.ts';
import { useStepText } from './steps.ts';

type Choice = 'alone' | 'separated';

/** One person for everything, or duties that no one person holds together (三员分立). */
export function DutiesStep() {
  const { t } = useTranslation('vault');
  const over = useStepText(3);
  const [choice, setChoice] = useState<Choice>('alone');
  const [appointing, setAppointing] = useState(false);
  const slots = useQuery(slotsQuery).data;
  const sheetFirst = choice === 'separated' && slots !== undefined && needsRecovery(slots);
  const done = (): void => goToStep(null);
  if (appointing)
    return (
      <GatePage title={t('duties.appointTitle')} lead={t('duties.appointLead')} over={over} wide>
        <RecoveryFirst onCancel={() => setAppointing(false)}>
          <SeparationForm onCancel={() => setAppointing(false)} onDone={done} />
        </RecoveryFirst>
      </GatePage>
    );
  return (
    <GatePage title={t('duties.title')} lead={t('duties.lead')} over={over} wide>
      <Radio.Group aria-label={t('duties.title')} value={choice} onChange={(value) => setChoice(value)}>
        <Stack gap="sm">
          {(['alone', 'separated'] as const).map((each) => (
            <Radio.Card key={each} value={each} p="md" radius="md">
              <Group wrap="nowrap" align="flex-start">
                <Radio.Indicator mt={2} />
                <Stack gap={4}>
                  <Text fw={600}>{t(`duties.${each}.title`)}</Text>
                  <Text c="dimmed">{t(`duties.${each}.text`)}</Text>
                </Stack>
              </Group>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
      {sheetFirst && <Text c="dimmed">{t('duties.sheetFirst')}</Text>}
      <Group justify="flex-end" gap="xs">
        <Button size="sm" onClick={choice === 'alone' ? done : () => setAppointing(true)}>
          {t(choice === 'alone' ? 'duties.start' : sheetFirst ? 'duties.sheet' : 'duties.next')}
        </Button>
      </Group>
    </GatePage>
  );
}
