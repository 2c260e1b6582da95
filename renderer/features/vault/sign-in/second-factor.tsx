import { Alert, FileInput, PasswordInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { IconFileCertificate, IconUsb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../password/password-field.tsx';
import type { SecondFactor } from './use-sign-in.ts';

export type SignInValues = {
  readonly userName: string;
  readonly password: string;
  readonly pin: string;
  readonly keyFile: File | null;
  readonly passphrase: string;
};

type Props = { readonly factor: SecondFactor; readonly form: UseFormReturnType<SignInValues> };

/** The further proof that this person's slot asks for, once the page has learnt that it does. */
export function SecondFactorFields({ factor, form }: Props) {
  const { t } = useTranslation('vault');
  if (factor === 'token')
    return (
      <>
        <Alert color="petrol" role="status" icon={<IconUsb size={18} aria-hidden />}>
          {t('factor.tokenNeeded')}
        </Alert>
        <PasswordField label={t('factor.pin')} autoFocus autoComplete="off" inputMode="numeric" required {...form.getInputProps('pin')} />
      </>
    );
  return (
    <>
      <Alert color="petrol" role="status" icon={<IconFileCertificate size={18} aria-hidden />}>
        {t('factor.certificateNeeded')}
      </Alert>
      <FileInput
        label={t('factor.keyFile')}
        placeholder={t('factor.keyFileHint')}
        accept=".pem,.key,.p8"
        required
        clearable
        {...form.getInputProps('keyFile')}
      />
      <PasswordInput
        label={t('factor.passphrase')}
        description={t('factor.passphraseHint')}
        autoComplete="off"
        {...form.getInputProps('passphrase')}
      />
    </>
  );
}
