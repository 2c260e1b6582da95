import { Center, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSessionStore } from '../lib/session.ts';

const patienceMs = 4_000;

/** Shown while the page finds core; says what to do when that takes too long. */
export function Splash() {
  const { t } = useTranslation('common');
  const connected = useSessionStore((store) => store.connected);
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Center h="100vh" role="status">
      <Stack align="center" gap="sm" maw={420}>
        <Loader size="sm" aria-hidden />
        <Text c="dimmed">{t('connection.connecting')}</Text>
        {late && !connected && (
          <Text c="dimmed" ta="center" fz="xs">
            {t('connection.unreachable')}
          </Text>
        )}
      </Stack>
    </Center>
  );
}
