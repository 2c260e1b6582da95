import { Alert, Button, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDuration } from '../../../lib/format.ts';
import type { RestoreResult } from './use-restore.ts';

/** What came back, how long it took, and on to the sign-in. */
export function RestoreDone({ result, onContinue }: { readonly result: RestoreResult; readonly onContinue: () => void }) {
  const { t } = useTranslation('vault');
  const { bytes, durationMs } = result;
  return (
    <>
      <Alert color="green" role="status" icon={<IconCircleCheck size={18} aria-hidden />}>
        {t('restore.doneText', {
          size: formatBytes(bytes),
          time: formatDuration(durationMs),
          rate: formatBytes((bytes / Math.max(1, durationMs)) * 1000),
        })}
      </Alert>
      <Text c="dimmed">{t('restore.doneNext')}</Text>
      <Button size="sm" autoFocus onClick={onContinue}>
        {t('restore.continue')}
      </Button>
    </>
  );
}
