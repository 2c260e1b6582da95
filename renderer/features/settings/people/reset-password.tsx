import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconUserCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { firstRules } from '../../vault/password/rules.ts';
import { newPasswordProblem } from '../../vault/password/validate-new-password.ts';
import { FirstPassword } from './first-password.tsx';
import { peopleQuery } from './queries.ts';

type Props = { readonly person: Person | null; readonly onClose: () => void };

/** Gives a person a temporary password; nothing but changing it is possible until that was done. */
export function ResetPassword({ person, onClose }: Props) {
  const { t } = useTranslation(['people', 'common']);
  return (
    <Modal
      opened={person !== null}
      onClose={onClose}
      title={t('reset.title', { name: person?.displayName ?? '' })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {person && <ResetForm person={person} onClose={onClose} />}
    </Modal>
  );
}

function ResetForm({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const queryClient = useQueryClient();
  const policies = useQuery(policiesQuery()).data?.policies;
  const rules = policies?.password ?? firstRules;
  const form = useForm({ initialValues: { password: '' }, validate: { password: (value) => newPasswordProblem(value, rules) } });
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) => client.identity.resetPassword({ id: person.id, password }),
    meta: { quiet: true },
    onSuccess: async () => {
      notifyDone(t('reset.done', { name: person.displayName }));
      await queryClient.invalidateQueries({ queryKey: peopleQuery().queryKey });
      onClose();
    },
  });
  return (
    <form className="stack" onSubmit={form.onSubmit((values) => reset.mutate(values))} noValidate>
      <Text>{t('reset.text')}</Text>
      {person.secondFactor !== null && <Text>{t('reset.factor', { factor: t(`factors.${person.secondFactor}`) })}</Text>}
      <FirstPassword
        label={t('reset.password')}
        value={form.values.password}
        rules={rules}
        input={form.getInputProps('password')}
        onMadeUp={(password) => form.setFieldValue('password', password)}
      />
      {policies?.fourEyes.includes('key-operation') === true && reset.error === null && (
        <Alert color="gray" p="xs" icon={<IconUserCheck size={16} aria-hidden />}>
          {t('reset.fourEyes')}
        </Alert>
      )}
      <FormError error={reset.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={reset.isPending}>
          {t('reset.submit')}
        </Button>
      </Group>
    </form>
  );
}
