import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WitnessAlarm } from '../../../../electron/core/contract/witness.ts';
import { Time } from '../../../ui/time.tsx';

type Props = { readonly name: string; readonly verdict: WitnessAlarm; readonly at: number };

/** What a witness found wrong, and what to do about it. */
export function AlarmText({ name, verdict, at }: Props) {
  const { t } = useTranslation('audit');
  return (
    <>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {t(`witness.alarm.${verdict}`, { name })}
      </Text>
      <Text fz="xs">
        {t(`witness.alarmText.${verdict}`)} <Time at={at} />
      </Text>
    </>
  );
}
