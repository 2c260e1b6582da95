import { Button, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SessionInfo } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard, SettingsSection, WideTable } from '../settings-section.tsx';

const refreshMs = 5_000;

/** Where one is signed in, and for who manages sessions where everybody is; any of them can be ended. */
export function SessionsSection() {
  const { t } = useTranslation('sessions');
  const mayManage = usePermission('sessions.manage');
  const rules = useQuery(policiesQuery()).data?.policies.session;
  const own = useQuery({
    queryKey: ['sessions', 'own'],
    queryFn: ({ signal }) => client.identity.ownSessions(undefined, { signal }),
    refetchInterval: refreshMs,
  });
  const all = useQuery({
    queryKey: ['sessions', 'all'],
    queryFn: ({ signal }) => client.identity.listSessions(undefined, { signal }),
    refetchInterval: refreshMs,
    enabled: mayManage,
  });
  const lead = rules ? t('lead', { minutes: rules.idleMinutes, hours: rules.maximumHours }) : ' ';
  return (
    <SettingsSection title={t('title')} lead={lead}>
      <SettingsCard title={t('own')}>
        <Listing sessions={own} label={t('own')} whose="own" />
      </SettingsCard>
      {mayManage && (
        <SettingsCard title={t('all')} lead={t('allLead')}>
          <Listing sessions={all} label={t('all')} whose="all" />
        </SettingsCard>
      )}
    </SettingsSection>
  );
}

type ListingProps = {
  readonly sessions: { readonly data: readonly SessionInfo[] | undefined; readonly error: Error | null; readonly refetch: () => unknown };
  readonly label: string;
  readonly whose: 'own' | 'all';
};

function Listing({ sessions, label, whose }: ListingProps) {
  const { t } = useTranslation(['sessions', 'common']);
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: ({ id }: SessionInfo) => (whose === 'own' ? client.identity.endOwnSession({ id }) : client.identity.endSession({ id })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['sessions'] }),
  });
  if (sessions.error) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (!sessions.data) return <Loading lines={2} />;
  const ask = (session: SessionInfo): void => {
    modals.openConfirmModal({
      title: t(whose === 'own' ? 'endOwnTitle' : 'endTitle', { name: session.displayName }),
      children: <Text>{t('endText')}</Text>,
      labels: { confirm: t('end'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => end.mutate(session),
    });
  };
  return (
    <WideTable>
      <Table aria-label={label} miw={560}>
        <Table.Thead>
          <Table.Tr>
            {whose === 'all' && <Table.Th>{t('person')}</Table.Th>}
            <Table.Th>{t('host')}</Table.Th>
            <Table.Th>{t('started')}</Table.Th>
            <Table.Th>{t('lastActivity')}</Table.Th>
            <Table.Th w={130} aria-label={t('actions')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.data.map((session) => (
            <Table.Tr key={session.id}>
              {whose === 'all' && (
                <Table.Td>
                  {session.displayName}{' '}
                  <Text component="span" c="dimmed" fz="xs">
                    {session.userName}
                  </Text>
                </Table.Td>
              )}
              <Table.Td>{t(`hosts.${session.host}`)}</Table.Td>
              <Table.Td>
                <Time at={session.startedAt} />
              </Table.Td>
              <Table.Td>
                <Time at={session.lastActivityAt} />
              </Table.Td>
              <Table.Td ta="right">
                {session.current ? (
                  <StatusBadge tone="active">{t('current')}</StatusBadge>
                ) : (
                  <Button
                    variant="subtle"
                    color="red"
                    size="compact-sm"
                    loading={end.isPending && end.variables?.id === session.id}
                    aria-label={t('endNamed', { name: session.displayName })}
                    onClick={() => ask(session)}
                  >
                    {t('end')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}
