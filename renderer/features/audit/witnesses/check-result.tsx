import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WitnessCheck } from '../../../../electron/core/contract/witness.ts';
import { formatNumber } from '../../../lib/format.ts';
import { Time } from '../../../ui/time.tsx';

/** What a witness says of the log. */
export function CheckResult({ check }: { readonly check: WitnessCheck }) {
  const { t } = useTranslation('audit');
  const { name, verdict, size, seenSize, seenAt } = check;
  const tone = verdict === 'consistent' ? 'green' : verdict === 'new' ? 'petrol' : 'red';
  const Icon = tone === 'green' ? IconCircleCheck : tone === 'petrol' ? IconInfoCircle : IconAlertTriangle;
  return (
    <Alert
      color={tone}
      role={tone === 'red' ? 'alert' : 'status'}
      icon={<Icon size={18} aria-hidden />}
      title={t(`witness.verdict.${verdict}`, { name })}
    >
      {t(`witness.verdictText.${verdict}`)}
      {seenSize !== null && seenAt !== null && (
        <Text fz="xs" c="dimmed">
          {t('witness.seen', { seen: formatNumber(seenSize), size: formatNumber(size) })} · <Time at={seenAt} />
        </Text>
      )}
    </Alert>
  );
}
