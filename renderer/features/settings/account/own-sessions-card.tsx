import { Button, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SessionInfo } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard, WideTable } from '../settings-section.tsx';

const refreshMs = 10_000;
const ownSessionsKey = ['identity', 'own-sessions'] as const;

/** Where one is signed in at this moment. */
export function OwnSessionsCard() {
  const { t } = useTranslation('account');
  const sessions = useQuery({
    queryKey: ownSessionsKey,
    queryFn: ({ signal }) => client.identity.ownSessions(undefined, { signal }),
    refetchInterval: refreshMs,
  });
  return (
    <SettingsCard title={t('sessions.title')} lead={t('sessions.lead')}>
      {sessions.isPending && <Loading lines={2} />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.data && (
        <WideTable>
          <Table aria-label={t('sessions.title')} miw={480}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('sessions.where')}</Table.Th>
                <Table.Th>{t('sessions.started')}</Table.Th>
                <Table.Th>{t('sessions.lastActive')}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sessions.data.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </SettingsCard>
  );
}

function SessionRow({ session }: { readonly session: SessionInfo }) {
  const { t } = useTranslation('account');
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => client.identity.endOwnSession({ id: session.id }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ownSessionsKey }),
  });
  return (
    <Table.Tr>
      <Table.Td fw={500}>{t(`sessions.host.${session.host}`)}</Table.Td>
      <Table.Td>
        <Time at={session.startedAt} />
      </Table.Td>
      <Table.Td>
        <Time at={session.lastActivityAt} />
      </Table.Td>
      <Table.Td ta="right">
        {session.current ? (
          <Text c="dimmed" component="span">
            {t('sessions.current')}
          </Text>
        ) : (
          <Button variant="subtle" color="red" loading={end.isPending} onClick={() => end.mutate()}>
            {t('sessions.end')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
