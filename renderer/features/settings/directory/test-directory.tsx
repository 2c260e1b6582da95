import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { isUserName } from '../../vault/password/user-name.ts';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { SettingsCard } from '../settings-section.tsx';

/** Tries the saved settings with one name: the certificate, the search and, with a password, the sign-in. */
export function TestDirectory() {
  const { t } = useTranslation(['people', 'vault']);
  const form = useForm({
    initialValues: { userName: '', password: '' },
    validate: { userName: (value) => (isUserName(value) ? null : t('vault:create.userNameInvalid')) },
  });
  const test = useMutation({
    mutationFn: ({ userName, password }: typeof form.values) =>
      client.identity.testDirectory({ userName, ...(password === '' ? {} : { password }) }),
    meta: { quiet: true },
  });
  const outcome =
    test.data &&
    (!test.data.found ? 'notFound' : test.data.signedIn === null ? 'found' : test.data.signedIn ? 'signedIn' : 'wrongPassword');
  return (
    <SettingsCard title={t('directory.test')} lead={t('directory.testLead')}>
      <form className="stack" onSubmit={form.onSubmit((values) => test.mutate(values))} noValidate>
        <Group align="flex-start" gap="sm">
          <TextInput w={220} label={t('userName')} autoComplete="off" spellCheck={false} required {...form.getInputProps('userName')} />
          <div style={{ width: 240 }}>
            <PasswordField label={t('directory.testPassword')} autoComplete="off" {...form.getInputProps('password')} />
          </div>
          <Button type="submit" variant="default" mt={23} h={32} loading={test.isPending}>
            {t('directory.testButton')}
          </Button>
        </Group>
        <FormError error={test.error} />
        {outcome && (
          <Alert role="status" p="xs" color={outcome === 'found' || outcome === 'signedIn' ? 'green' : 'orange'}>
            {t(`directory.outcome.${outcome}`, { dn: test.data?.dn ?? '' })}
          </Alert>
        )}
      </form>
    </SettingsCard>
  );
}
