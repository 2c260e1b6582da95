import { Alert, Button, PasswordInput, Progress, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { publicClient } from '../../lib/client.ts';
import { enterSession } from '../../lib/session.ts';
import { FormError } from '../../ui/form-error.tsx';
import { GatePage } from './gate-page.tsx';
import { type Strength, minimumLength, strengthOf } from './strength.ts';
import { isUserName } from './user-name.ts';

const meter: Readonly<Record<Strength, { readonly value: number; readonly color: string }>> = {
  short: { value: 12, color: 'red' },
  weak: { value: 35, color: 'orange' },
  fair: { value: 65, color: 'yellow' },
  strong: { value: 100, color: 'green' },
};

/** First run: creates the encrypted vault and signs its creator in as administrator. */
export function CreateVault() {
  const { t } = useTranslation('vault');
  const form = useForm({
    initialValues: { displayName: '', userName: '', password: '', repeated: '' },
    validate: {
      displayName: (value) => (value.trim() === '' ? t('create.nameMissing') : null),
      userName: (value) => (isUserName(value) ? null : t('create.userNameInvalid')),
      password: (value) => (value.length < minimumLength ? t('create.passwordShort', { count: minimumLength }) : null),
      repeated: (value, values) => (value === values.password ? null : t('create.passwordsDiffer')),
    },
    validateInputOnBlur: true,
  });
  const create = useMutation({
    mutationFn: ({ displayName, userName, password }: typeof form.values) =>
      publicClient.vault.create({ displayName: displayName.trim(), userName, password }),
    meta: { quiet: true },
    onSuccess: enterSession,
  });
  const strength = strengthOf(form.values.password);

  return (
    <GatePage title={t('create.title')} lead={t('create.lead')}>
      <form className="stack" onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
        <TextInput label={t('create.name')} description={t('create.nameHint')} autoFocus required {...form.getInputProps('displayName')} />
        <TextInput
          label={t('userName')}
          description={t('create.userNameHint')}
          autoComplete="off"
          spellCheck={false}
          required
          {...form.getInputProps('userName')}
        />
        <div>
          <PasswordInput label={t('password')} autoComplete="new-password" required {...form.getInputProps('password')} />
          <div aria-live="polite" style={{ minHeight: 30, paddingTop: 6 }}>
            {form.values.password !== '' && (
              <>
                <Progress size={4} {...meter[strength]} aria-hidden />
                <Text fz="xs" c="dimmed" mt={4}>
                  {t(`strength.${strength}`, { count: minimumLength })}
                </Text>
              </>
            )}
          </div>
        </div>
        <PasswordInput label={t('create.repeat')} autoComplete="new-password" required {...form.getInputProps('repeated')} />
        <Alert icon={<IconKey size={18} aria-hidden />} color="yellow" variant="light" title={t('create.noRecoveryTitle')}>
          {t('create.noRecovery')}
        </Alert>
        <FormError error={create.error} />
        <Button type="submit" size="sm" loading={create.isPending}>
          {t('create.submit')}
        </Button>
      </form>
    </GatePage>
  );
}
