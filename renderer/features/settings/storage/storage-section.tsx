import { Alert, Progress, Table } from '@mantine/core';
import { IconAlertTriangle, IconStethoscope } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { StorageState } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatBytes, formatNumber, formatPercent } from '../../../lib/format.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { SettingsCard, SettingsSection } from '../settings-section.tsx';
import classes from './storage.module.css';

const refreshMs = 5_000;
/** Below so much free space it is time to do something; the ballast covers what must still be written. */
const scarceBytes = 2 * 1024 ** 3;

/** What the vault takes on the disk, and how much room is left. */
export function StorageSection() {
  const { t } = useTranslation('storage');
  const storage = useQuery({
    queryKey: ['vault', 'storage'],
    queryFn: ({ signal }) => client.vault.storage(undefined, { signal }),
    refetchInterval: refreshMs,
  });
  if (storage.isPending) return <Loading />;
  if (storage.isError) return <ErrorState error={storage.error} onRetry={() => void storage.refetch()} />;
  return (
    <SettingsSection title={t('title')} lead={t('lead')}>
      <StorageCard storage={storage.data} />
    </SettingsSection>
  );
}

function StorageCard({ storage }: { readonly storage: StorageState }) {
  const { t } = useTranslation('storage');
  const { databaseBytes, blobBytes, blobCount, modelBytes, freeBytes, quotaBytes, ballastBytes, check } = storage;
  const used = databaseBytes + blobBytes + modelBytes + ballastBytes;
  const room = quotaBytes === 0 ? freeBytes : Math.min(freeBytes, Math.max(0, quotaBytes - used));
  const whole = used + room;
  const parts = [
    { key: 'documents', bytes: blobBytes, color: 'petrol.7' },
    { key: 'database', bytes: databaseBytes, color: 'orange.6' },
    { key: 'models', bytes: modelBytes, color: 'grape.6' },
    { key: 'ballast', bytes: ballastBytes, color: 'gray.5' },
  ] as const;
  return (
    <SettingsCard title={t('used', { size: formatBytes(used) })}>
      {room < scarceBytes && (
        <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {t(quotaBytes !== 0 && room < freeBytes ? 'nearQuota' : 'nearFull', { size: formatBytes(room) })}
        </Alert>
      )}
      {(check.state === 'running' || check.state === 'damaged') && (
        <Alert
          color={check.state === 'damaged' ? 'red' : 'petrol'}
          icon={check.state === 'damaged' ? <IconAlertTriangle size={18} aria-hidden /> : <IconStethoscope size={18} aria-hidden />}
        >
          {t(`check.${check.state}`, { share: formatPercent(check.total > 0 ? check.done / check.total : 0) })}
        </Alert>
      )}
      <Progress.Root size={14} aria-hidden>
        {parts.map(({ key, bytes, color }) => (
          <Progress.Section key={key} value={whole > 0 ? (bytes / whole) * 100 : 0} color={color} />
        ))}
      </Progress.Root>
      <Table aria-label={t('title')} maw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('what')}</Table.Th>
            <Table.Th ta="right">{t('files')}</Table.Th>
            <Table.Th ta="right">{t('size')}</Table.Th>
            <Table.Th ta="right">{t('share')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map(({ key, bytes, color }) => (
            <Table.Tr key={key}>
              <Table.Td>
                <span className={classes['swatch']} style={{ background: `var(--mantine-color-${color.replace('.', '-')})` }} aria-hidden />
                {t(`parts.${key}`)}
              </Table.Td>
              <Table.Td ta="right">{key === 'documents' ? formatNumber(blobCount) : ''}</Table.Td>
              <Table.Td ta="right">{formatBytes(bytes)}</Table.Td>
              <Table.Td ta="right">{used > 0 ? formatPercent(bytes / used, 1) : '–'}</Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td>{t('free')}</Table.Td>
            <Table.Td />
            <Table.Td ta="right">{formatBytes(freeBytes)}</Table.Td>
            <Table.Td />
          </Table.Tr>
          <Table.Tr>
            <Table.Td>{t('quota')}</Table.Td>
            <Table.Td />
            <Table.Td ta="right">{quotaBytes === 0 ? t('noQuota') : formatBytes(quotaBytes)}</Table.Td>
            <Table.Td />
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </SettingsCard>
  );
}
