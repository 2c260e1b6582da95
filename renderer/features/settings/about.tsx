import { Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client, publicClient } from '../../lib/client.ts';
import { formatBytes, formatNumber } from '../../lib/format.ts';
import { usePermission } from '../../lib/session.ts';
import { Brand } from '../../app/brand.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';

const refreshMs = 3_000;

/** What this installation is, and which processes it consists of right now. */
export function About() {
  const { t } = useTranslation('settings');
  const info = useQuery({ queryKey: ['system', 'info'], queryFn: ({ signal }) => publicClient.system.info(undefined, { signal }) });
  if (info.isPending) return <Loading lines={4} />;
  if (info.isError) return <ErrorState error={info.error} onRetry={() => void info.refetch()} />;
  const { version, host, platform, node } = info.data;
  return (
    <Stack gap="lg">
      <Group gap="sm">
        <Brand size={40} />
        <div>
          <Title order={2}>Redoubt {version}</Title>
          <Text c="dimmed">{t('about.line')}</Text>
        </div>
      </Group>
      <Table withRowBorders={false} w={360} aria-label={t('sections.about')}>
        <Table.Tbody>
          <Fact name={t('about.host')} value={t(`about.hosts.${host}`)} />
          <Fact name={t('about.platform')} value={platform} />
          <Fact name={t('about.node')} value={node} />
          <Fact name={t('about.licence')} value={t('about.licenceText')} />
        </Table.Tbody>
      </Table>
      <Processes />
    </Stack>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400} c="dimmed" pl={0}>
        {name}
      </Table.Th>
      <Table.Td>{value}</Table.Td>
    </Table.Tr>
  );
}

function Processes() {
  const { t } = useTranslation('settings');
  const may = usePermission('monitor.read');
  const history = useQuery({
    queryKey: ['monitor', 'history', 'about'],
    queryFn: ({ signal }) => client.monitor.history(undefined, { signal }),
    refetchInterval: refreshMs,
    enabled: may,
  });
  const processes = history.data?.at(-1)?.processes;
  if (!processes) return null;
  return (
    <div>
      <Title order={3} mb="xs">
        {t('about.processes')}
      </Title>
      <Table aria-label={t('about.processes')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('about.process')}</Table.Th>
            <Table.Th>{t('about.state')}</Table.Th>
            <Table.Th ta="right">{t('about.pid')}</Table.Th>
            <Table.Th ta="right">{t('about.memory')}</Table.Th>
            <Table.Th ta="right">{t('about.restarts')}</Table.Th>
            <Table.Th>{t('about.lastExit')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {processes.map((process) => (
            <Table.Tr key={process.name}>
              <Table.Td>{t(`about.names.${process.name}`)}</Table.Td>
              <Table.Td>
                <StatusBadge tone={process.state === 'ready' ? 'good' : 'warning'}>{t(`about.states.${process.state}`)}</StatusBadge>
              </Table.Td>
              <Table.Td ta="right">{process.pid ?? '–'}</Table.Td>
              <Table.Td ta="right">{process.residentBytes === null ? '–' : formatBytes(process.residentBytes)}</Table.Td>
              <Table.Td ta="right">{formatNumber(process.restarts)}</Table.Td>
              <Table.Td c="dimmed">{process.lastExit ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
