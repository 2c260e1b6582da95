import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDuration } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';
import type { Progress as Figures } from './use-restore.ts';

type Props = { readonly progress: Figures | null; readonly onCancel: () => void };

/** How far a restore is, how fast, and how long it still takes. */
export function RestoreProgress({ progress, onCancel }: Props) {
  const { t } = useTranslation('vault');
  const now = useNow(true);
  const { doneBytes = 0, totalBytes = 0, startedAt = now } = progress ?? {};
  const rate = now > startedAt ? (doneBytes / (now - startedAt)) * 1000 : 0;
  const leftMs = rate > 0 ? ((totalBytes - doneBytes) / rate) * 1000 : null;
  const known = totalBytes > 0;
  return (
    <Stack gap="sm">
      <Progress value={known ? (doneBytes / totalBytes) * 100 : 100} animated={!known} aria-label={t('restore.runningTitle')} />
      <Group justify="space-between">
        <Text fz="xs">
          {known ? t('restore.progress', { done: formatBytes(doneBytes), all: formatBytes(totalBytes) }) : t('restore.opening')}
        </Text>
        <Text fz="xs" c="dimmed">
          {rate > 0 && t('restore.rate', { rate: formatBytes(rate) })}
          {leftMs !== null && known && ` · ${t('restore.left', { time: formatDuration(Math.ceil(leftMs / 1000) * 1000) })}`}
        </Text>
      </Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('restore.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
