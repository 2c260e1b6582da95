import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useIdle } from './use-idle.ts';

/** Half a minute before a session ends for want of activity, says so and offers to stay. */
export function IdleWarning() {
  const { t } = useTranslation('vault');
  const { secondsLeft, stay } = useIdle();
  return (
    <Modal opened={secondsLeft !== null} onClose={stay} title={t('idle.title')} withCloseButton={false} centered size="sm" zIndex={1000}>
      <Text role="timer" aria-live="off">
        {t('idle.text', { count: secondsLeft ?? 0 })}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button size="sm" onClick={stay} data-autofocus>
          {t('idle.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
