import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { VaultStatus } from '../../../electron/core/contract/index.ts';
import { publicClient } from '../../lib/client.ts';
import { codeOf } from '../../lib/errors.ts';
import { type LockReason, enterSession } from '../../lib/session.ts';
import { FormError } from '../../ui/form-error.tsx';
import { GatePage } from './gate-page.tsx';

type Props = { readonly vault: VaultStatus; readonly reason: LockReason };

/** Opens the vault, or signs a person in to one that is open already. */
export function UnlockVault({ vault, reason }: Props) {
  const { t } = useTranslation('vault');
  const password = useRef<HTMLInputElement>(null);
  const form = useForm({
    initialValues: { userName: '', password: '' },
    validate: {
      userName: (value) => (value === '' ? t('unlock.userNameMissing') : null),
      password: (value) => (value === '' ? t('unlock.passwordMissing') : null),
    },
  });
  const unlock = useMutation({
    mutationFn: (input: { userName: string; password: string; acceptOlder: boolean }) => publicClient.vault.unlock(input),
    meta: { quiet: true },
    onSuccess: enterSession,
    onError: (error) => {
      if (codeOf(error) !== 'vault/wrong-password') return;
      form.setFieldValue('password', '');
      password.current?.focus();
    },
  });
  const open = vault.state === 'unlocked';
  const older = codeOf(unlock.error) === 'vault/older-than-anchor';
  const submit = (acceptOlder: boolean) => form.onSubmit((values) => unlock.mutate({ ...values, acceptOlder }));

  return (
    <GatePage title={t(open ? 'unlock.signInTitle' : 'unlock.title')} lead={t(open ? 'unlock.signInLead' : 'unlock.lead')}>
      {reason === 'interrupted' && (
        <Alert role="status" icon={<IconInfoCircle size={18} aria-hidden />} variant="light" color="petrol">
          {t('unlock.interrupted')}
        </Alert>
      )}
      <form className="stack" onSubmit={submit(false)} noValidate>
        <TextInput
          label={t('userName')}
          autoFocus
          autoComplete="username"
          spellCheck={false}
          required
          {...form.getInputProps('userName')}
        />
        <PasswordInput ref={password} label={t('password')} autoComplete="current-password" required {...form.getInputProps('password')} />
        {older ? (
          <Alert role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} color="orange" title={t('unlock.olderTitle')}>
            {t('unlock.older')}
            <Button mt="sm" color="orange" variant="outline" loading={unlock.isPending} onClick={() => submit(true)()}>
              {t('unlock.openOlder')}
            </Button>
          </Alert>
        ) : (
          <FormError error={unlock.error} />
        )}
        <Button type="submit" size="sm" loading={unlock.isPending && !older}>
          {t(open ? 'unlock.signIn' : 'unlock.submit')}
        </Button>
      </form>
    </GatePage>
  );
}
