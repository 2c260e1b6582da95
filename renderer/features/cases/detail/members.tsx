import { Button, Group, Select, Table, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseAccess, CaseDetail, CaseMember } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { useSession } from '../../../lib/session.ts';
import { Time } from '../../../ui/time.tsx';
import { SettingsCard, WideTable } from '../../settings/settings-section.tsx';
import { useCaseRights } from '../rights.ts';
import { useCandidates } from './use-candidates.ts';
import { useCaseChange } from './use-case-change.ts';

const accesses = ['read', 'write', 'lead'] as const satisfies readonly CaseAccess[];
type Change = { readonly personId: string; readonly access: CaseAccess | null };

/** Who is in the case, and what each may do in it. */
export function Members({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation(['cases', 'common']);
  const { manage } = useCaseRights(of);
  const self = useSession().person.id;
  const set = useCaseChange(({ personId, access }: Change) => client.cases.setMember({ id: of.id, personId, access }));
  const leads = of.members.filter(({ access }) => access === 'lead').length;
  const askRemove = ({ personId, displayName }: CaseMember): void => {
    modals.openConfirmModal({
      title: t(personId === self ? 'members.leaveTitle' : 'members.removeTitle', { name: displayName }),
      children: <Text>{t(personId === self ? 'members.leaveText' : 'members.removeText')}</Text>,
      labels: { confirm: t(personId === self ? 'members.leave' : 'members.remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => set.mutate({ personId, access: null }),
    });
  };
  return (
    <SettingsCard title={t('members.title')} lead={t('members.lead')}>
      <WideTable>
        <Table aria-label={t('members.title')} miw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('members.person')}</Table.Th>
              <Table.Th w={170}>{t('members.access')}</Table.Th>
              <Table.Th w={150}>{t('members.since')}</Table.Th>
              {manage && <Table.Th w={110} aria-label={t('members.actions')} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.members.map((member) => {
              const last = member.access === 'lead' && leads === 1;
              return (
                <Table.Tr key={member.personId}>
                  <Table.Td>
                    {member.displayName}{' '}
                    <Text component="span" c="dimmed" fz="xs">
                      {member.userName}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {manage ? (
                      <Select
                        size="xs"
                        aria-label={t('members.accessOf', { name: member.displayName })}
                        allowDeselect={false}
                        disabled={last || set.isPending}
                        value={member.access}
                        data={accesses.map((value) => ({ value, label: t(`access.${value}`) }))}
                        onChange={(value) => set.mutate({ personId: member.personId, access: value })}
                      />
                    ) : (
                      t(`access.${member.access}`)
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Time at={member.since} />
                  </Table.Td>
                  {manage && (
                    <Table.Td ta="right">
                      {last ? (
                        <Text fz="xs" c="dimmed">
                          {t('members.lastLead')}
                        </Text>
                      ) : (
                        <Button
                          variant="subtle"
                          color="red"
                          size="compact-xs"
                          aria-label={t('members.removeNamed', { name: member.displayName })}
                          onClick={() => askRemove(member)}
                        >
                          {t(member.personId === self ? 'members.leave' : 'members.remove')}
                        </Button>
                      )}
                    </Table.Td>
                  )}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </WideTable>
      {manage && <AddMember of={of} busy={set.isPending} onAdd={(change) => set.mutate(change)} />}
      <Text fz="xs" c="dimmed">
        {t('members.accessHelp')}
      </Text>
    </SettingsCard>
  );
}

type AddProps = { readonly of: CaseDetail; readonly busy: boolean; readonly onAdd: (change: Change) => void };

function AddMember({ of, busy, onAdd }: AddProps) {
  const { t } = useTranslation('cases');
  const [personId, setPersonId] = useState<string | null>(null);
  const [access, setAccess] = useState<CaseAccess>('write');
  const candidates = useCandidates().filter(({ id }) => !of.members.some((member) => member.personId === id));
  if (candidates.length === 0) {
    return (
      <Text fz="xs" c="dimmed">
        {t('members.nobodyElse')}
      </Text>
    );
  }
  return (
    <Group gap="xs" align="flex-end">
      <Select
        w={240}
        searchable
        label={t('members.add')}
        placeholder={t('members.choose')}
        value={personId}
        onChange={setPersonId}
        data={candidates.map(({ id, displayName, userName }) => ({ value: id, label: `${displayName} (${userName})` }))}
      />
      <Select
        w={150}
        label={t('members.access')}
        allowDeselect={false}
        value={access}
        onChange={(value) => setAccess(value as CaseAccess)}
        data={accesses.map((value) => ({ value, label: t(`access.${value}`) }))}
      />
      <Button
        variant="default"
        h={32}
        leftSection={<IconUserPlus size={15} aria-hidden />}
        disabled={personId === null}
        loading={busy}
        onClick={() => {
          if (personId !== null) onAdd({ personId, access });
          setPersonId(null);
        }}
      >
        {t('members.addButton')}
      </Button>
    </Group>
  );
}
