import { Alert, Button, Checkbox, Group, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { firstRules } from '../../vault/password/rules.ts';
import { isUserName } from '../../vault/password/user-name.ts';
import { newPasswordProblem } from '../../vault/password/validate-new-password.ts';
import { FirstPassword } from './first-password.tsx';
import { peopleQuery } from './queries.ts';
import { workingRoles } from './roles.ts';

type NewPerson = { displayName: string; userName: string; role: Role; password: string; mustChangePassword: boolean };
const blank: NewPerson = { displayName: '', userName: '', role: 'analyst', password: '', mustChangePassword: true };

/** Adds a person with a first password, which is handed over and changed at the first sign-in. */
export function CreatePerson({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  return (
    <Modal opened={opened} onClose={onClose} title={t('add.title')} size="lg" closeButtonProps={{ 'aria-label': t('common:close') }}>
      {opened && <CreateForm onClose={onClose} />}
    </Modal>
  );
}

function CreateForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['people', 'common', 'vault']);
  const queryClient = useQueryClient();
  const rules = useQuery(policiesQuery()).data?.policies.password ?? firstRules;
  const form = useForm({
    initialValues: blank,
    validate: {
      displayName: (value) => (value.trim() === '' ? t('nameMissing') : null),
      userName: (value) => (isUserName(value) ? null : t('vault:create.userNameInvalid')),
      password: (value) => newPasswordProblem(value, rules),
    },
  });
  const create = useMutation({
    mutationFn: (values: NewPerson) => client.identity.createPerson({ ...values, displayName: values.displayName.trim() }),
    meta: { quiet: true },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: peopleQuery().queryKey });
      onClose();
    },
  });
  return (
    <form className="stack" onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
      <Group grow align="flex-start">
        <TextInput label={t('name')} data-autofocus required maxLength={120} {...form.getInputProps('displayName')} />
        <TextInput label={t('userName')} autoComplete="off" spellCheck={false} required {...form.getInputProps('userName')} />
      </Group>
      <Select
        label={t('role')}
        description={t(`roleHints.${form.values.role}`)}
        allowDeselect={false}
        data={workingRoles.map((value) => ({ value, label: t(`common:roles.${value}`) }))}
        {...form.getInputProps('role')}
      />
      <FirstPassword
        label={t('add.password')}
        value={form.values.password}
        rules={rules}
        input={form.getInputProps('password')}
        onMadeUp={(password) => form.setFieldValue('password', password)}
      />
      <Checkbox label={t('password.mustChange')} {...form.getInputProps('mustChangePassword', { type: 'checkbox' })} />
      <Alert color="gray" p="xs">
        {t('add.otherRoles')}
      </Alert>
      <FormError error={create.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={create.isPending}>
          {t('add.submit')}
        </Button>
      </Group>
    </form>
  );
}
