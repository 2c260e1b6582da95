import { Button, Group, Table, Text } from '@mantine/core';
import { IconAddressBook, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../electron/core/contract/index.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { directoryQuery } from '../directory/queries.ts';
import { SettingsSection, WideTable } from '../settings-section.tsx';
import { AdmitPerson } from './admit-person.tsx';
import { ChangeRole } from './change-role.tsx';
import { CreatePerson } from './create-person.tsx';
import { PersonRow } from './person-row.tsx';
import { peopleQuery } from './queries.ts';
import { ResetPassword } from './reset-password.tsx';
import { usePersonActions } from './use-person-actions.tsx';

/** Who may use this vault. Nobody is deleted, so that the audit log keeps naming real people. */
export function PeopleSection() {
  const { t } = useTranslation('people');
  const people = useQuery(peopleQuery());
  const mayManage = usePermission('people.manage');
  const mayReadDirectory = usePermission('policies.read');
  const directory = useQuery({ ...directoryQuery(), enabled: mayManage && mayReadDirectory });
  const [dialog, setDialog] = useState<'create' | 'admit' | null>(null);
  const [resetting, setResetting] = useState<Person | null>(null);
  const [promoting, setPromoting] = useState<Person | null>(null);
  const actions = usePersonActions();
  const buttons = mayManage && (
    <Group gap="xs" wrap="nowrap">
      {directory.data?.enabled === true && (
        <Button variant="default" leftSection={<IconAddressBook size={16} aria-hidden />} onClick={() => setDialog('admit')}>
          {t('admit.button')}
        </Button>
      )}
      <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setDialog('create')}>
        {t('add.title')}
      </Button>
    </Group>
  );
  return (
    <SettingsSection title={t('title')} lead={t('lead')} actions={buttons}>
      {people.isPending && <Loading lines={4} />}
      {people.isError && <ErrorState error={people.error} onRetry={() => void people.refetch()} />}
      {people.data && (
        <WideTable>
          <Table aria-label={t('title')} miw={560} layout="fixed">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('name')}</Table.Th>
                <Table.Th w={180}>{t('role')}</Table.Th>
                <Table.Th w={170}>{t('status')}</Table.Th>
                <Table.Th w={140} visibleFrom="md">
                  {t('secondFactor')}
                </Table.Th>
                <Table.Th w={170} visibleFrom="md">
                  {t('lastSignIn')}
                </Table.Th>
                <Table.Th w={56} aria-label={t('actions')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {people.data.map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  actions={actions}
                  onResetPassword={() => setResetting(person)}
                  onChangeRole={() => setPromoting(person)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
      {people.data?.length === 1 && mayManage && <Text c="dimmed">{t('alone')}</Text>}
      <CreatePerson opened={dialog === 'create'} onClose={() => setDialog(null)} />
      <AdmitPerson opened={dialog === 'admit'} onClose={() => setDialog(null)} />
      <ResetPassword person={resetting} onClose={() => setResetting(null)} />
      <ChangeRole person={promoting} onClose={() => setPromoting(null)} />
    </SettingsSection>
  );
}
