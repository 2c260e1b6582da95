import { Button, Group } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../../lib/notify.ts';
import { refreshSession } from '../../../lib/session-refresh.ts';
import { useSession } from '../../../lib/session.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { NewPassword } from '../../vault/password/new-password.tsx';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { policiesQuery } from '../../../lib/policies.ts';
import { newPasswordProblem, repeatProblem } from '../../vault/password/validate-new-password.ts';
import { changePassword } from '../../vault/sign-in/change-password.ts';
import { noProof, proofRules } from '../../vault/sign-in/factor-proof.ts';
import { SecondFactorFields } from '../../vault/sign-in/second-factor.tsx';
import { SettingsCard } from '../settings-section.tsx';

const blank = { current: '', password: '', repeated: '', ...noProof };

/** Changes one's own password: the vault key is wrapped again, nothing else is. */
export function PasswordCard() {
  const { t } = useTranslation(['account', 'vault']);
  const { person } = useSession();
  const rules = useQuery(policiesQuery()).data?.policies.password;
  const form = useForm({
    initialValues: blank,
    validate: {
      current: (value) => (value === '' ? t('vault:unlock.passwordMissing') : null),
      password: (value, { current }) => newPasswordProblem(value, rules) ?? (value === current ? t('vault:change.same') : null),
      repeated: (value, { password }) => repeatProblem(value, password),
      ...proofRules(person.secondFactor),
    },
  });
  const change = useMutation({
    mutationFn: (values: typeof blank) => changePassword(values, person.secondFactor),
    meta: { quiet: true },
    onSuccess: async () => {
      form.reset();
      notifyDone(t('password.done'));
      await refreshSession();
    },
  });
  return (
    <SettingsCard title={t('password.title')} lead={t('password.lead')}>
      <form
        className="stack"
        style={{ maxWidth: 400 }}
        onSubmit={form.onSubmit((values) => change.mutate(values))}
        noValidate
        aria-label={t('password.title')}
      >
        <PasswordField label={t('vault:change.current')} autoComplete="current-password" required {...form.getInputProps('current')} />
        {person.secondFactor && <SecondFactorFields factor={person.secondFactor} field={(name) => form.getInputProps(name)} plain />}
        <NewPassword
          label={t('vault:change.new')}
          value={form.values.password}
          first={form.getInputProps('password')}
          second={form.getInputProps('repeated')}
          rules={rules}
        />
        <FormError error={change.error} />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t('vault:change.submit')}
          </Button>
        </Group>
      </form>
    </SettingsCard>
  );
}
