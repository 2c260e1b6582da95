import { Button, Group, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';
import { useSession } from '../../lib/session.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { CreatePerson } from './create-person.tsx';

const peopleKey = ['identity', 'people'] as const;

/** Who may use this vault. Nobody is deleted, so that the audit log keeps naming real people. */
export function People() {
  const { t } = useTranslation('settings');
  const [creating, setCreating] = useState(false);
  const people = useQuery({ queryKey: peopleKey, queryFn: ({ signal }) => client.identity.listPeople(undefined, { signal }) });
  if (people.isPending) return <Loading lines={4} />;
  if (people.isError) return <ErrorState error={people.error} onRetry={() => void people.refetch()} />;
  return (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Text c="dimmed">{t('people.lead')}</Text>
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
          {t('people.add')}
        </Button>
      </Group>
      <Table aria-label={t('sections.people')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('people.name')}</Table.Th>
            <Table.Th>{t('people.userName')}</Table.Th>
            <Table.Th>{t('people.role')}</Table.Th>
            <Table.Th>{t('people.status')}</Table.Th>
            <Table.Th>{t('people.lastSignIn')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.data.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </Table.Tbody>
      </Table>
      <CreatePerson opened={creating} onClose={() => setCreating(false)} />
    </>
  );
}

function PersonRow({ person }: { readonly person: Person }) {
  const { t } = useTranslation(['settings', 'common']);
  const session = useSession();
  const queryClient = useQueryClient();
  const active = person.status === 'active';
  const setStatus = useMutation({
    mutationFn: () => client.identity.setPersonStatus({ id: person.id, status: active ? 'disabled' : 'active' }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleKey }),
  });
  const ask = (): void => {
    if (!active) return setStatus.mutate();
    modals.openConfirmModal({
      title: t('people.disableTitle', { name: person.displayName }),
      children: <Text>{t('people.disableText')}</Text>,
      labels: { confirm: t('people.disable'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => setStatus.mutate(),
    });
  };
  return (
    <Table.Tr>
      <Table.Td fw={500}>{person.displayName}</Table.Td>
      <Table.Td>{person.userName}</Table.Td>
      <Table.Td>{t(`common:roles.${person.role}`)}</Table.Td>
      <Table.Td>
        <StatusBadge tone={active ? 'good' : 'neutral'}>{t(`people.statuses.${person.status}`)}</StatusBadge>
      </Table.Td>
      <Table.Td>{person.lastSignInAt === null ? '–' : <Time at={person.lastSignInAt} />}</Table.Td>
      <Table.Td ta="right">
        {person.id !== session.person.id && (
          <Button
            variant="subtle"
            color={active ? 'red' : 'petrol'}
            loading={setStatus.isPending}
            onClick={ask}
            aria-label={t(active ? 'people.disableNamed' : 'people.enableNamed', { name: person.displayName })}
          >
            {t(active ? 'people.disable' : 'people.enable')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
