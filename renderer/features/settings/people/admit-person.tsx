import { Button, Group, Modal, Select, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { isUserName } from '../../vault/password/user-name.ts';
import { peopleQuery } from './queries.ts';
import { workingRoles } from './roles.ts';

type Admitted = { displayName: string; userName: string; role: Role; password: string };
const blank: Admitted = { displayName: '', userName: '', role: 'analyst', password: '' };

/** Admits a person of the directory: whoever it is types the directory password once, here. */
export function AdmitPerson({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  return (
    <Modal opened={opened} onClose={onClose} title={t('admit.title')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {opened && <AdmitForm onClose={onClose} />}
    </Modal>
  );
}

function AdmitForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['people', 'common', 'vault']);
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: blank,
    validate: {
      displayName: (value) => (value.trim() === '' ? t('nameMissing') : null),
      userName: (value) => (isUserName(value) ? null : t('vault:create.userNameInvalid')),
      password: (value) => (value === '' ? t('admit.passwordMissing') : null),
    },
  });
  const admit = useMutation({
    mutationFn: (values: Admitted) => client.identity.admitDirectoryPerson({ ...values, displayName: values.displayName.trim() }),
    meta: { quiet: true },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: peopleQuery().queryKey });
      onClose();
    },
  });
  return (
    <form className="stack" onSubmit={form.onSubmit((values) => admit.mutate(values))} noValidate>
      <Text c="dimmed">{t('admit.lead')}</Text>
      <TextInput
        label={t('admit.userName')}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        required
        {...form.getInputProps('userName')}
      />
      <TextInput label={t('name')} required maxLength={120} {...form.getInputProps('displayName')} />
      <Select
        label={t('role')}
        description={t(`roleHints.${form.values.role}`)}
        allowDeselect={false}
        data={workingRoles.map((value) => ({ value, label: t(`common:roles.${value}`) }))}
        {...form.getInputProps('role')}
      />
      <PasswordField
        label={t('admit.password')}
        description={t('admit.passwordHint')}
        autoComplete="off"
        required
        {...form.getInputProps('password')}
      />
      <FormError error={admit.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={admit.isPending}>
          {t('admit.submit')}
        </Button>
      </Group>
    </form>
  );
}
