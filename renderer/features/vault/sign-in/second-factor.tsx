import { Alert, FileInput } from '@mantine/core';
import { IconFileCertificate, IconUsb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../password/password-field.tsx';
import type { FactorProof, SecondFactor } from './factor-proof.ts';

type Props = {
  readonly factor: SecondFactor;
  /** What a form gives to the field of that name. */
  readonly field: (name: keyof FactorProof) => object;
  /** Without the line that says why it is asked for, and without taking the focus. */
  readonly plain?: boolean;
  /** Named as the one the key asks for now, beside the fields of a new one. */
  readonly present?: boolean;
};

/** The further proof that this person's slot asks for besides the password. */
export function SecondFactorFields({ factor, field, plain = false, present = false }: Props) {
  const { t } = useTranslation('vault');
  if (factor === 'token')
    return (
      <>
        {!plain && (
          <Alert color="petrol" role="status" icon={<IconUsb size={18} aria-hidden />}>
            {t('factor.tokenNeeded')}
          </Alert>
        )}
        <PasswordField
          label={t(present ? 'factor.presentPin' : 'factor.pin')}
          autoFocus={!plain}
          autoComplete="off"
          inputMode="numeric"
          required
          {...field('pin')}
        />
      </>
    );
  return (
    <>
      {!plain && (
        <Alert color="petrol" role="status" icon={<IconFileCertificate size={18} aria-hidden />}>
          {t('factor.certificateNeeded')}
        </Alert>
      )}
      <FileInput
        label={t(present ? 'factor.presentKeyFile' : 'factor.keyFile')}
        placeholder={t('factor.keyFileHint')}
        accept=".pem,.key,.p8"
        required
        clearable
        {...field('keyFile')}
      />
      <PasswordField label={t('factor.passphrase')} description={t('factor.passphraseHint')} autoComplete="off" {...field('passphrase')} />
    </>
  );
}
