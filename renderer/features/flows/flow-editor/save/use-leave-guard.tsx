import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseHash } from '../../../../lib/hash.ts';

/**
 * Asks before unsaved changes are left: by closing or reloading the window (the browser's own question), or by going to
 * another view (ours). `discard` is called when the person gives the changes up.
 */
export function useLeaveGuard(flowId: string, dirty: boolean, save: () => Promise<boolean>, discard: () => void): ReactNode {
  const { t } = useTranslation(['flows', 'common']);
  const [leaving, setLeaving] = useState<string | null>(null);

  const onNavigate = useEffectEvent((event: NavigateEvent): void => {
    if (!event.cancelable || !event.hashChange || event.downloadRequest !== null) return;
    const { view, args } = parseHash(new URL(event.destination.url).hash);
    if (view === 'flows' && args[0] === flowId) return;
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
      closeButtonProps={{ 'aria-label': t('common:close') }}
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
