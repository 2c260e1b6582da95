import { Alert, Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person, Role } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { peopleQuery } from './queries.ts';
import { rolesOf } from './roles.ts';

type Props = { readonly person: Person | null; readonly onClose: () => void };

/** Another role for a person, with what each role may do, and a word where a second person must agree. */
export function ChangeRole({ person, onClose }: Props) {
  const { t } = useTranslation(['people', 'common']);
  return (
    <Modal
      opened={person !== null}
      onClose={onClose}
      title={t('changeRole.title', { name: person?.displayName ?? '' })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {person && <RoleForm person={person} onClose={onClose} />}
    </Modal>
  );
}

function RoleForm({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const queryClient = useQueryClient();
  const policies = useQuery(policiesQuery()).data;
  const [role, setRole] = useState<Role>(person.role);
  const change = useMutation({
    mutationFn: () => client.identity.setRole({ id: person.id, role }),
    meta: { quiet: true },
    onSuccess: async () => {
      notifyDone(t('changeRole.done', { name: person.displayName, role: t(`common:roles.${role}`) }));
      await queryClient.invalidateQueries({ queryKey: peopleQuery().queryKey });
      onClose();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Radio.Group value={role} onChange={(value) => setRole(value)} aria-label={t('role')}>
        <Stack gap="sm">
          {rolesOf(policies?.mode ?? 'personal').map((value) => (
            <Radio
              key={value}
              value={value}
              label={value === person.role ? t('changeRole.present', { role: t(`common:roles.${value}`) }) : t(`common:roles.${value}`)}
              description={t(`roleHints.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Text c="dimmed">{t('changeRole.effect')}</Text>
      {policies?.policies.fourEyes.includes('role-change') === true && change.error === null && (
        <Alert color="gray" p="xs" icon={<IconUserCheck size={16} aria-hidden />}>
          {t('changeRole.fourEyes')}
        </Alert>
      )}
      <FormError error={change.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={role === person.role} loading={change.isPending}>
          {t('changeRole.submit')}
        </Button>
      </Group>
    </form>
  );
}
