import { Group, Radio, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../../electron/core/contract/index.ts';
import { describe } from '../../../lib/errors.ts';
import { formatBytes, formatTimeWithZone } from '../../../lib/format.ts';

/** One state that a backup folder holds. */
export function SnapshotLine({ snapshot }: { readonly snapshot: Snapshot }) {
  const { t } = useTranslation('vault');
  const { id, createdAt, bytes, blobCount, problem } = snapshot;
  return (
    <Radio.Card value={id} p="xs" radius="md" disabled={problem !== null}>
      <Group wrap="nowrap" gap="sm">
        <Radio.Indicator disabled={problem !== null} />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text fw={500}>{formatTimeWithZone(createdAt)}</Text>
          <Text fz="xs" c={problem ? 'var(--rd-warning-text)' : 'dimmed'}>
            {problem ? describe(problem) : t('restore.holds', { size: formatBytes(bytes), count: blobCount })}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
