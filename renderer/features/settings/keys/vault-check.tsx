import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconStethoscope } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VaultCheck as Check } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatBytes, formatDuration, formatNumber } from '../../../lib/format.ts';

/** Reads all of the vault once and says what was found. */
export function VaultCheck() {
  const { t } = useTranslation('keys');
  const check = useMutation({ mutationFn: () => client.vault.check() });
  return (
    <>
      {check.data && !check.isPending && <Found check={check.data} />}
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconStethoscope size={16} aria-hidden />}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {t('check.action')}
        </Button>
        <Text fz="xs" c="dimmed">
          {t(check.isPending ? 'check.running' : 'check.hint')}
        </Text>
      </Group>
    </>
  );
}

function Found({ check }: { readonly check: Check }) {
  const { t } = useTranslation('keys');
  const { ok, database, slots, anchor, blobs, durationMs } = check;
  if (ok)
    return (
      <Alert color="green" role="status" icon={<IconCircleCheck size={18} aria-hidden />} title={t('check.ok')}>
        {t('check.okText', {
          tables: formatNumber(database.tables),
          size: formatBytes(database.bytes),
          files: formatNumber(blobs.count),
          slots: formatNumber(slots.count),
          time: formatDuration(durationMs),
        })}
      </Alert>
    );
  const stale = anchor.filter(({ verdict }) => verdict !== 'fresh');
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('check.bad')}>
      <List fz="sm">
        {database.problems.map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
        {!slots.sealed && <List.Item>{t('check.slots')}</List.Item>}
        {blobs.damaged > 0 && <List.Item>{t('check.damaged', { count: blobs.damaged })}</List.Item>}
        {blobs.missing > 0 && <List.Item>{t('check.missing', { count: blobs.missing })}</List.Item>}
        {stale.map(({ place, verdict }) => (
          <List.Item key={place}>
            {t(`freshness.place.${place}`)}: {t(`freshness.verdict.${verdict}`)}
          </List.Item>
        ))}
      </List>
      <Text mt="xs">{t('check.next')}</Text>
    </Alert>
  );
}
