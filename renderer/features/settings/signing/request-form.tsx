import { Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SigningState } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { organisationQuery } from '../design/queries.ts';
import { useLockedToken } from './token-pin.ts';

/** What the certificate is to name; the request is saved as a file for the authority. */
export function RequestForm({ state, onClose }: { readonly state: SigningState; readonly onClose: () => void }) {
  const { t } = useTranslation(['signing', 'common']);
  const known = useQuery(organisationQuery()).data?.name ?? '';
  const form = useForm({
    initialValues: { commonName: t('authority.nameExample'), organisation: known.slice(0, 64), unit: '', country: '', pin: '' },
    validate: {
      commonName: (value) => (value.trim() === '' ? t('authority.nameMissing') : null),
      country: (value) => (/^([a-z]{2})?$/i.test(value.trim()) ? null : t('authority.countryWrong')),
    },
  });
  const asksPin = useLockedToken(state) !== null;
  const create = useMutation({
    mutationFn: async ({ commonName, organisation, unit, country, pin }: typeof form.values) => {
      if (asksPin) await client.signing.unlockToken({ pin });
      return client.signing.createRequest({
        commonName: commonName.trim(),
        ...(organisation.trim() === '' ? {} : { organisation: organisation.trim() }),
        ...(unit.trim() === '' ? {} : { unit: unit.trim() }),
        ...(country.trim() === '' ? {} : { country: country.trim().toUpperCase() }),
      });
    },
    meta: { quiet: true },
    onSuccess: ({ pem }) => {
      saveFile('redoubt-signing.csr', new Blob([pem], { type: 'application/pkcs10' }));
      notifyDone(t('authority.requested'));
      onClose();
    },
  });
  return (
    <form className="stack" noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
      <Text>{t('authority.requestText')}</Text>
      <TextInput label={t('authority.name')} required maxLength={64} data-autofocus {...form.getInputProps('commonName')} />
      <TextInput label={t('authority.organisation')} maxLength={64} {...form.getInputProps('organisation')} />
      <Group grow align="flex-start">
        <TextInput label={t('authority.unit')} maxLength={64} {...form.getInputProps('unit')} />
        <TextInput
          label={t('authority.country')}
          placeholder={t('authority.countryExample')}
          maxLength={2}
          {...form.getInputProps('country')}
        />
      </Group>
      {asksPin && <PasswordField label={t('token.pin')} autoComplete="off" inputMode="numeric" required {...form.getInputProps('pin')} />}
      <FormError error={create.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={create.isPending} disabled={asksPin && form.values.pin === ''}>
          {t('authority.requestSubmit')}
        </Button>
      </Group>
    </form>
  );
}
