import { Anchor, Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { signOut } from '../../../app/lock.ts';
import { refreshSession } from '../../../lib/session-refresh.ts';
import { useSession } from '../../../lib/session.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { GatePage } from '../gate-page.tsx';
import { policiesQuery } from '../../../lib/policies.ts';
import { NewPassword } from '../password/new-password.tsx';
import { PasswordField } from '../password/password-field.tsx';
import { newPasswordProblem, repeatProblem } from '../password/validate-new-password.ts';
import { changePassword } from './change-password.ts';
import { noProof, proofRules } from './factor-proof.ts';
import { SecondFactorFields } from './second-factor.tsx';

/** A first or expired password: nothing else is possible until the person chose one of their own. */
export function MustChangePassword() {
  const { t } = useTranslation(['vault', 'common']);
  const { person } = useSession();
  const rules = useQuery(policiesQuery()).data?.policies.password;
  const form = useForm({
    initialValues: { current: '', password: '', repeated: '', ...noProof },
    validate: {
      current: (value) => (value === '' ? t('unlock.passwordMissing') : null),
      password: (value, { current }) => newPasswordProblem(value, rules) ?? (value === current ? t('change.same') : null),
      repeated: (value, { password }) => repeatProblem(value, password),
      ...proofRules(person.secondFactor),
    },
  });
  const change = useMutation({
    mutationFn: (values: typeof form.values) => changePassword(values, person.secondFactor),
    meta: { quiet: true },
    onSuccess: refreshSession,
  });
  return (
    <GatePage
      title={t('change.title')}
      lead={t('change.lead', { name: person.displayName })}
      footer={
        <Anchor component="button" type="button" fz="sm" onClick={() => void signOut()}>
          {t('common:signOut')}
        </Anchor>
      }
    >
      <form className="stack" onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
        <PasswordField label={t('change.current')} autoFocus autoComplete="current-password" required {...form.getInputProps('current')} />
        {person.secondFactor && <SecondFactorFields factor={person.secondFactor} field={(name) => form.getInputProps(name)} plain />}
        <NewPassword
          label={t('change.new')}
          value={form.values.password}
          first={form.getInputProps('password')}
          second={form.getInputProps('repeated')}
          rules={rules}
        />
        <FormError error={change.error} />
        <Button type="submit" size="sm" loading={change.isPending}>
          {t('change.submit')}
        </Button>
      </form>
    </GatePage>
  );
}
