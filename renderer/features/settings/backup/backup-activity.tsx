import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BackupActivity as Activity } from '../../../../electron/core/contract/index.ts';
import { formatBytes, formatDuration } from '../../../lib/format.ts';
import { usePermission } from '../../../lib/session.ts';
import { useBackupActions } from './use-backup.ts';

/** A backup, check or drill under way: which part, how far, how fast, how long still. */
export function BackupActivity({ activity }: { readonly activity: Activity }) {
  const { t, i18n } = useTranslation('backup');
  const mayManage = usePermission('backup.manage');
  const { cancel } = useBackupActions();
  const { task, stage, doneBytes, totalBytes, bytesPerSecond, secondsLeft, paused } = activity;
  const known = totalBytes > 0;
  const stageKey = `backup:activity.stage.${stage}`;
  const figures = [
    known && t('activity.bytes', { done: formatBytes(doneBytes), all: formatBytes(totalBytes) }),
    bytesPerSecond !== null && t('activity.rate', { rate: formatBytes(bytesPerSecond) }),
    secondsLeft !== null && t('activity.left', { time: formatDuration(Math.ceil(secondsLeft) * 1000) }),
  ].filter((part) => typeof part === 'string');
  return (
    <div role="status">
      <Group justify="space-between" gap="xs" mb={6}>
        <Text fw={500}>
          {t(`activity.task.${task}`)}
          {i18n.exists(stageKey) && (
            <Text component="span" c="dimmed" fw={400}>
              {' · '}
              {t(stageKey)}
            </Text>
          )}
        </Text>
        {mayManage && (
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('activity.cancel')}
          </Button>
        )}
      </Group>
      <Progress
        value={known ? (doneBytes / totalBytes) * 100 : 100}
        animated={!known && !paused}
        striped={!known}
        color={paused ? 'orange' : 'petrol'}
        aria-label={t(`activity.task.${task}`)}
      />
      <Text fz="xs" c="dimmed" mt={6} mih={17}>
        {paused ? t(`activity.paused.${paused}`) : figures.join(' · ')}
      </Text>
    </div>
  );
}
