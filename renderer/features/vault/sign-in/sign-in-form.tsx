import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../lib/use-now.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { PasswordField } from '../password/password-field.tsx';
import { LockedOut } from './locked-out.tsx';
import { type FactorProof, noProof, proofOf, proofRules } from './factor-proof.ts';
import { SecondFactorFields } from './second-factor.tsx';
import type { SignIn } from './use-sign-in.ts';

type Values = FactorProof & { userName: string; password: string };
type Props = { readonly signIn: SignIn; readonly action: string; readonly tokenAlone: boolean };

/** Name and password, or name and token; the second factor is asked for once core says that this person has one. */
export function SignInForm({ signIn, action, tokenAlone }: Props) {
  const { t } = useTranslation('vault');
  const password = useRef<HTMLInputElement>(null);
  const factor = tokenAlone ? 'token' : signIn.factor;
  const form = useForm<Values>({
    initialValues: { userName: '', password: '', ...noProof },
    validate: {
      userName: (value) => (value === '' ? t('unlock.userNameMissing') : null),
      password: (value) => (value === '' && !tokenAlone ? t('unlock.passwordMissing') : null),
      ...proofRules(factor),
    },
  });
  const submit = async (values: Values): Promise<void> => {
    const { userName, password: typed } = values;
    signIn.submit({ userName, ...(tokenAlone ? {} : { password: typed }), ...(await proofOf(values, factor)) });
  };

  const refused = signIn.code === 'vault/wrong-password' && !signIn.busy;
  const clear = useRef(form.setFieldValue);
  useEffect(() => {
    if (!refused) return;
    clear.current('password', '');
    password.current?.focus();
  }, [refused]);

  const now = useNow(signIn.lockedUntil !== null);
  const locked = signIn.lockedUntil !== null && now < signIn.lockedUntil;
  return (
    <form className="stack" onSubmit={form.onSubmit((values) => void submit(values))} noValidate>
      <TextInput
        label={t('userName')}
        autoFocus
        autoComplete="username"
        spellCheck={false}
        required
        {...form.getInputProps('userName')}
        onChange={(event) => {
          form.setFieldValue('userName', event.currentTarget.value);
          signIn.forgetPerson();
        }}
      />
      {!tokenAlone && (
        <PasswordField ref={password} label={t('password')} autoComplete="current-password" required {...form.getInputProps('password')} />
      )}
      {factor && <SecondFactorFields factor={factor} field={(name) => form.getInputProps(name)} plain={tokenAlone} />}
      {signIn.lockedUntil !== null && <LockedOut until={signIn.lockedUntil} />}
      <FormError error={signIn.error} />
      <Button type="submit" size="sm" loading={signIn.busy} disabled={locked}>
        {action}
      </Button>
    </form>
  );
}
