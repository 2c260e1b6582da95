import { Button, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../lib/errors.ts';

type Props = { readonly error: unknown; readonly onRetry?: () => void };

/** A part of the page that could not be shown: what happened, and the way to try again. */
export function ErrorState({ error, onRetry }: Props) {
  const { t } = useTranslation('common');
  return (
    <Stack align="center" justify="center" gap="xs" p="xl" role="alert" mih={220}>
      <IconAlertTriangle size={28} stroke={1.5} color="var(--mantine-color-orange-7)" aria-hidden />
      <Title order={2}>{t('errorState.title')}</Title>
      <Text c="dimmed" ta="center" maw={520} style={{ overflowWrap: 'anywhere' }}>
        {describeError(error)}
      </Text>
      {onRetry && (
        <Button variant="default" mt="xs" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </Stack>
  );
}
