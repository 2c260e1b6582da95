import { Button, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../../electron/core/contract/index.ts';
import { describe } from '../../../lib/errors.ts';
import { formatBytes, formatDuration, formatNumber } from '../../../lib/format.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard, WideTable } from '../settings-section.tsx';
import { snapshotsQuery } from './queries.ts';
import { useBackupActions } from './use-backup.ts';

type Props = { readonly folder: string; readonly busy: boolean };

/** The states that can be restored. */
export function SnapshotsCard({ folder, busy }: Props) {
  const { t } = useTranslation('backup');
  const snapshots = useQuery(snapshotsQuery(folder));
  return (
    <SettingsCard title={t('snapshots.title')} lead={t('snapshots.lead')}>
      {snapshots.isPending && <Loading lines={3} />}
      {snapshots.isError && <ErrorState error={snapshots.error} onRetry={() => void snapshots.refetch()} />}
      {snapshots.data?.length === 0 && <Text c="dimmed">{t('snapshots.none')}</Text>}
      {snapshots.data && snapshots.data.length > 0 && (
        <WideTable>
          <Table aria-label={t('snapshots.title')} miw={560}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('snapshots.made')}</Table.Th>
                <Table.Th>{t('snapshots.kind')}</Table.Th>
                <Table.Th ta="right">{t('snapshots.size')}</Table.Th>
                <Table.Th ta="right">{t('snapshots.added')}</Table.Th>
                <Table.Th ta="right" visibleFrom="md">
                  {t('snapshots.files')}
                </Table.Th>
                <Table.Th ta="right" visibleFrom="md">
                  {t('snapshots.took')}
                </Table.Th>
                <Table.Th>{t('snapshots.verified')}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {snapshots.data.map((snapshot) => (
                <SnapshotRow key={snapshot.id} snapshot={snapshot} busy={busy} />
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </SettingsCard>
  );
}

function SnapshotRow({ snapshot, busy }: { readonly snapshot: Snapshot; readonly busy: boolean }) {
  const { t } = useTranslation('backup');
  const mayManage = usePermission('backup.manage');
  const { verify, drill } = useBackupActions();
  const { id, createdAt, kind, bytes, addedBytes, blobCount, durationMs, lastVerifiedAt, problem } = snapshot;
  const at = new Date(createdAt).toLocaleString();
  return (
    <Table.Tr>
      <Table.Td>
        <Time at={createdAt} />
      </Table.Td>
      <Table.Td>{t(`snapshots.kinds.${kind}`)}</Table.Td>
      <Table.Td ta="right">{formatBytes(bytes)}</Table.Td>
      <Table.Td ta="right">{formatBytes(addedBytes)}</Table.Td>
      <Table.Td ta="right" visibleFrom="md">
        {formatNumber(blobCount)}
      </Table.Td>
      <Table.Td ta="right" visibleFrom="md">
        {formatDuration(durationMs)}
      </Table.Td>
      <Table.Td>
        {problem ? (
          <span title={describe(problem)}>
            <StatusBadge tone="bad">{t('snapshots.damaged')}</StatusBadge>
          </span>
        ) : lastVerifiedAt === null ? (
          <Text c="dimmed" component="span">
            {t('snapshots.never')}
          </Text>
        ) : (
          <Time at={lastVerifiedAt} />
        )}
      </Table.Td>
      <Table.Td>
        {mayManage && (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <Button
              variant="subtle"
              disabled={busy}
              loading={verify.isPending}
              onClick={() => verify.mutate(id)}
              aria-label={t('snapshots.verifyNamed', { time: at })}
            >
              {t('snapshots.verify')}
            </Button>
            <Button
              variant="subtle"
              disabled={busy}
              loading={drill.isPending}
              onClick={() => drill.mutate(id)}
              aria-label={t('snapshots.drillNamed', { time: at })}
            >
              {t('snapshots.drill')}
            </Button>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
