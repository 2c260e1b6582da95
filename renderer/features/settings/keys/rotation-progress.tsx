import { Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RotationState } from '../../../../electron/core/contract/index.ts';
import { formatBytes, formatNumber } from '../../../lib/format.ts';

type Props = { readonly running: NonNullable<RotationState['running']> };

/** Which part is under way, how far it is and how fast; only the stored files can be counted. */
export function RotationProgress({ running }: Props) {
  const { t } = useTranslation('keys');
  const { stage, done, total, bytesPerSecond } = running;
  const counted = stage === 'blobs' && total > 0;
  return (
    <div role="status">
      <Group justify="space-between" mb={6} gap="xs">
        <Text fw={500}>{t(`rotation.stage.${stage}`)}</Text>
        <Text fz="xs" c="dimmed">
          {counted && t('rotation.files', { done: formatNumber(done), total: formatNumber(total) })}
          {bytesPerSecond !== null && ` · ${t('rotation.rate', { rate: formatBytes(bytesPerSecond) })}`}
        </Text>
      </Group>
      <Progress
        value={counted ? (done / total) * 100 : 100}
        animated={!counted}
        striped={!counted}
        aria-label={t(`rotation.stage.${stage}`)}
      />
      <Text fz="xs" c="dimmed" mt={6}>
        {t('rotation.goesOn')}
      </Text>
    </div>
  );
}
