import { Alert, Text } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';

/** Minutes and seconds that are left, as `29:05`. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Too many wrong passwords: how long this name must wait, counted down. */
export function LockedOut({ until }: { readonly until: number }) {
  const { t } = useTranslation('vault');
  const now = useNow(true);
  if (now >= until) return null;
  return (
    <Alert role="alert" color="orange" icon={<IconClockPause size={18} aria-hidden />} title={t('lockedOut.title')}>
      {t('lockedOut.text', { time: formatTime(until) })}
      <Text fz="xl" fw={600} mt={6} role="timer" aria-label={t('lockedOut.left')}>
        {clockOf(until - now)}
      </Text>
    </Alert>
  );
}
