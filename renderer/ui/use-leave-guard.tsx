import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Route, parseHash } from '../lib/hash.ts';

type Guard = {
  readonly dirty: boolean;
  /** Whether an address is still the same work. */
  readonly stays: (route: Route) => boolean;
  /** False where it could not be saved. */
  readonly save: () => Promise<boolean>;
  /** Called when the person gives the changes up; nothing is dirty afterwards. */
  readonly discard: () => void;
};

/**
 * Asks before unsaved changes are left: by closing or reloading the window (the browser's own question), or by going
 * elsewhere (ours).
 */
export function useLeaveGuard({ dirty, stays, save, discard }: Guard): ReactNode {
  const { t } = useTranslation('common');
  const [leaving, setLeaving] = useState<string | null>(null);

  const onNavigate = useEffectEvent((event: NavigateEvent): void => {
    if (!event.cancelable || !event.hashChange || event.downloadRequest !== null) return;
    if (stays(parseHash(new URL(event.destination.url).hash))) return;
    event.preventDefault();
    setLeaving(event.destination.url);
  });

  useEffect(() => {
    if (!dirty) return;
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', onUnload);
    window.navigation.addEventListener('navigate', onNavigate);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      window.navigation.removeEventListener('navigate', onNavigate);
    };
  }, [dirty]);

  // The guard ends when nothing is unsaved any more; only then is the way free.
  const [free, setFree] = useState(false);
  useEffect(() => {
    if (!free || dirty || leaving === null) return;
    setFree(false);
    setLeaving(null);
    location.href = leaving;
  }, [free, dirty, leaving]);

  return (
    <Modal
      opened={leaving !== null && !free}
      onClose={() => setLeaving(null)}
      title={t('leave.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="sm">
        <Text fz="sm">{t('leave.what')}</Text>
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={() => setLeaving(null)} data-autofocus>
            {t('leave.stay')}
          </Button>
          <Button
            variant="default"
            color="red"
            onClick={() => {
              discard();
              setFree(true);
            }}
          >
            {t('leave.discard')}
          </Button>
          <Button
            onClick={() => {
              void save().then((saved) => (saved ? setFree(true) : setLeaving(null)));
            }}
          >
            {t('leave.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
