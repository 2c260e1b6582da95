import { Button, Group, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DirectorySettings } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { SettingsCard, SettingsSection } from '../settings-section.tsx';
import { directoryQuery } from './queries.ts';
import { TestDirectory } from './test-directory.tsx';

/** Sign-in through a directory server of the organisation (LDAP, Active Directory). */
export function DirectorySection() {
  const { t } = useTranslation('people');
  const settings = useQuery(directoryQuery());
  const mayManage = usePermission('policies.manage');
  return (
    <SettingsSection title={t('directory.title')} lead={t('directory.lead')}>
      {settings.isPending && <Loading lines={5} />}
      {settings.isError && <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && <DirectoryForm settings={settings.data} readOnly={!mayManage} />}
      {settings.data?.enabled === true && mayManage && <TestDirectory />}
    </SettingsSection>
  );
}

function DirectoryForm({ settings, readOnly }: { readonly settings: DirectorySettings; readonly readOnly: boolean }) {
  const { t } = useTranslation('people');
  const queryClient = useQueryClient();
  const { hasBindPassword, ...known } = settings;
  const form = useForm({ initialValues: { ...known, bindPassword: '' } });
  const { enabled } = form.values;
  const save = useMutation({
    mutationFn: ({ bindPassword, ...values }: typeof form.values) =>
      client.identity.setDirectory({ ...values, ...(bindPassword === '' ? {} : { bindPassword }) }),
    meta: { quiet: true },
    onSuccess: (now) => {
      const { hasBindPassword: _has, ...values } = now;
      queryClient.setQueryData(directoryQuery().queryKey, now);
      form.setInitialValues({ ...values, bindPassword: '' });
      form.reset();
      notifyDone(t('directory.saved'));
    },
  });
  const field = { readOnly, autoComplete: 'off', spellCheck: false } as const;
  return (
    <SettingsCard title={t('directory.server')} lead={t('directory.serverLead')}>
      <form className="stack" onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <Switch label={t('directory.enabled')} disabled={readOnly} {...form.getInputProps('enabled', { type: 'checkbox' })} />
        {enabled && (
          <Stack gap={14}>
            <TextInput
              {...field}
              label={t('directory.url')}
              description={t('directory.urlHint')}
              placeholder="ldaps://directory.example:636"
              required
              {...form.getInputProps('url')}
            />
            <Textarea
              {...field}
              label={t('directory.ca')}
              description={t('directory.caHint')}
              placeholder="-----BEGIN CERTIFICATE-----"
              autosize
              minRows={3}
              maxRows={8}
              required
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
              {...form.getInputProps('caCertificate')}
            />
            <Group grow align="flex-start">
              <TextInput
                {...field}
                label={t('directory.baseDn')}
                description={t('directory.baseDnHint')}
                placeholder="ou=people,dc=example,dc=org"
                required
                {...form.getInputProps('baseDn')}
              />
              <TextInput
                {...field}
                label={t('directory.filter')}
                description={t('directory.filterHint')}
                placeholder="(uid={user})"
                required
                {...form.getInputProps('userFilter')}
              />
            </Group>
            <Group grow align="flex-start">
              <TextInput
                {...field}
                label={t('directory.bindDn')}
                description={t('directory.bindDnHint')}
                {...form.getInputProps('bindDn')}
              />
              {!readOnly && (
                <PasswordField
                  label={t('directory.bindPassword')}
                  description={t(hasBindPassword ? 'directory.bindPasswordKept' : 'directory.bindPasswordHint')}
                  autoComplete="off"
                  {...form.getInputProps('bindPassword')}
                />
              )}
            </Group>
          </Stack>
        )}
        <FormError error={save.error} />
        {readOnly ? (
          <Text fz="xs" c="dimmed">
            {t('directory.readOnly')}
          </Text>
        ) : (
          <Group justify="flex-end">
            <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
              {t('directory.save')}
            </Button>
          </Group>
        )}
      </form>
    </SettingsCard>
  );
}
