import { Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDuration } from '../../../lib/format.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { WideTable } from '../settings-section.tsx';
import { drillsQuery } from './queries.ts';

/** Earlier drills, newest first; nothing while there was at most one. */
export function DrillHistory() {
  const { t } = useTranslation('backup');
  const drills = useQuery(drillsQuery).data?.drills ?? [];
  if (drills.length < 2) return null;
  return (
    <div>
      <Title order={4} fz="sm" mb={4}>
        {t('drill.history')}
      </Title>
      <WideTable>
        <Table aria-label={t('drill.history')} miw={420}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('drill.at')}</Table.Th>
              <Table.Th>{t('drill.outcome')}</Table.Th>
              <Table.Th ta="right">{t('drill.recovery')}</Table.Th>
              <Table.Th ta="right">{t('drill.size')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {drills.map(({ at, ok, recoveryMs, bytes, snapshotId }) => (
              <Table.Tr key={`${snapshotId}:${at}`}>
                <Table.Td>
                  <Time at={at} />
                </Table.Td>
                <Table.Td>
                  <StatusBadge tone={ok ? 'good' : 'bad'}>{t(ok ? 'drill.passed' : 'drill.notPassed')}</StatusBadge>
                </Table.Td>
                <Table.Td ta="right">{formatDuration(recoveryMs)}</Table.Td>
                <Table.Td ta="right">{formatBytes(bytes)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </div>
  );
}
