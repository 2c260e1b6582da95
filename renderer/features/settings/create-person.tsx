import { Button, Group, Modal, PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';
import { FormError } from '../../ui/form-error.tsx';
import { minimumLength } from '../vault/password/strength.ts';
import { isUserName } from '../vault/password/user-name.ts';

const roles = ['analyst', 'viewer', 'administrator'] as const satisfies readonly Role[];

type NewPerson = { displayName: string; userName: string; role: Role; password: string };
const blank: NewPerson = { displayName: '', userName: '', role: 'analyst', password: '' };

/** Adds a person with a first password, which the administrator hands over. */
export function CreatePerson({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['settings', 'common', 'vault']);
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: blank,
    validate: {
      displayName: (value) => (value.trim() === '' ? t('people.nameMissing') : null),
      userName: (value) => (isUserName(value) ? null : t('vault:create.userNameInvalid')),
      password: (value) => (value.length < minimumLength ? t('vault:create.passwordShort', { count: minimumLength }) : null),
    },
  });
  const create = useMutation({
    mutationFn: (values: NewPerson) => client.identity.createPerson({ ...values, displayName: values.displayName.trim() }),
    meta: { quiet: true },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['identity', 'people'] });
      close();
    },
  });
  const close = (): void => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={t('people.add')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form className="stack" onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
        <TextInput label={t('people.name')} data-autofocus required {...form.getInputProps('displayName')} />
        <TextInput label={t('people.userName')} autoComplete="off" spellCheck={false} required {...form.getInputProps('userName')} />
        <Select
          label={t('people.role')}
          description={t(`people.roleHints.${form.values.role}`)}
          allowDeselect={false}
          data={roles.map((value) => ({ value, label: t(`common:roles.${value}`) }))}
          {...form.getInputProps('role')}
        />
        <PasswordInput
          label={t('people.firstPassword')}
          description={t('people.firstPasswordHint')}
          autoComplete="new-password"
          required
          {...form.getInputProps('password')}
        />
        <FormError error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('people.add')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
