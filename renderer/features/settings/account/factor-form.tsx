import { Button, FileInput, Group, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { notifyDone } from '../../../lib/notify.ts';
import { refreshSession } from '../../../lib/session-refresh.ts';
import { useSession } from '../../../lib/session.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { noProof, proofRules } from '../../vault/sign-in/factor-proof.ts';
import { SecondFactorFields } from '../../vault/sign-in/second-factor.tsx';
import { slotsQuery } from '../keys/queries.ts';
import type { FactorTask } from './factor-dialog.tsx';
import { type FactorValues, setFactor } from './set-factor.ts';
import { TokenChoice } from './token-choice.tsx';

type Props = { readonly task: FactorTask; readonly onDone?: () => void; readonly onCancel?: () => void };

/** Asks for exactly what the task needs. */
export function FactorForm({ task, onDone, onCancel }: Props) {
  const { t } = useTranslation(['account', 'vault', 'common']);
  const queryClient = useQueryClient();
  const { person } = useSession();
  /** Whoever changes a key proves what it asks for now. */
  const present = person.secondFactor;
  const withToken = task === 'token' || task === 'alone';
  const form = useForm<FactorValues>({
    initialValues: { password: '', newPin: '', serial: null, newCertificate: null, ...noProof },
    validate: {
      password: (value) => (value === '' ? t('vault:unlock.passwordMissing') : null),
      newPin: (value) => (value === '' && withToken ? t('vault:factor.pinMissing') : null),
      serial: (value) => (value === null && withToken ? t('factor.chooseToken') : null),
      newCertificate: (value) => (value === null && task === 'certificate' ? t('factor.chooseCertificate') : null),
      ...proofRules(present),
    },
  });
  const change = useMutation({
    mutationFn: (values: FactorValues) => setFactor(task, values, present),
    meta: { quiet: true },
    onSuccess: async () => {
      onDone?.();
      notifyDone(t(`factor.done.${task}`));
      await queryClient.invalidateQueries({ queryKey: slotsQuery.queryKey });
      await refreshSession();
    },
  });
  return (
    <form className="stack" onSubmit={form.onSubmit((values) => change.mutate(values))} noValidate>
      <Text>{t(`factor.explain.${task}`)}</Text>
      {withToken && <TokenChoice form={form} />}
      {task === 'certificate' && (
        <FileInput
          label={t('factor.certificate')}
          description={t('factor.certificateHint')}
          placeholder={t('factor.certificateFile')}
          accept=".pem,.crt,.cer,.pub"
          required
          {...form.getInputProps('newCertificate')}
        />
      )}
      <PasswordField label={t('factor.password')} autoComplete="current-password" required {...form.getInputProps('password')} />
      {present && <SecondFactorFields factor={present} field={(name) => form.getInputProps(name)} plain present />}
      <FormError error={change.error} />
      <Group justify="flex-end" gap="xs">
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
        )}
        <Button type="submit" color={task === 'none' ? 'red' : 'petrol'} loading={change.isPending}>
          {t(`factor.submit.${task}`)}
        </Button>
      </Group>
    </form>
  );
}
