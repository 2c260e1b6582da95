import { Anchor, Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { publicClient } from '../../../lib/client.ts';
import { enterSession } from '../../../lib/session.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { GatePage } from '../gate-page.tsx';
import { NewPassword } from '../password/new-password.tsx';
import { isUserName } from '../password/user-name.ts';
import { newPasswordProblem, repeatProblem } from '../password/validate-new-password.ts';
import { RestorePage } from '../restore/restore-page.tsx';
import { beginFirstRun } from './first-run-state.ts';
import { useStepText } from './steps.ts';

/** A machine without a vault: create one and become its owner, or bring one back from a backup. */
export function CreateVault() {
  const { t } = useTranslation('vault');
  const over = useStepText(1);
  const [restoring, setRestoring] = useState(false);
  if (restoring) return <RestorePage onBack={() => setRestoring(false)} />;
  return (
    <GatePage
      title={t('create.title')}
      lead={t('create.lead')}
      over={over}
      footer={
        <Anchor component="button" type="button" fz="sm" onClick={() => setRestoring(true)}>
          {t('create.restore')}
        </Anchor>
      }
    >
      <CreateForm />
    </GatePage>
  );
}

function CreateForm() {
  const { t } = useTranslation('vault');
  const form = useForm({
    initialValues: { displayName: '', userName: '', password: '', repeated: '' },
    validate: {
      displayName: (value) => (value.trim() === '' ? t('create.nameMissing') : null),
      userName: (value) => (isUserName(value) ? null : t('create.userNameInvalid')),
      password: (value) => newPasswordProblem(value),
      repeated: (value, values) => repeatProblem(value, values.password),
    },
  });
  const create = useMutation({
    mutationFn: ({ displayName, userName, password }: typeof form.values) =>
      publicClient.vault.create({ displayName: displayName.trim(), userName, password }),
    meta: { quiet: true },
    onSuccess: (session) => {
      beginFirstRun();
      enterSession(session);
    },
  });
  return (
    <form className="stack" onSubmit={form.onSubmit((values) => create.mutate(values))} noValidate>
      <TextInput label={t('create.name')} description={t('create.nameHint')} autoFocus required {...form.getInputProps('displayName')} />
      <TextInput
        label={t('userName')}
        description={t('create.userNameHint')}
        autoComplete="off"
        spellCheck={false}
        required
        {...form.getInputProps('userName')}
      />
      <NewPassword value={form.values.password} first={form.getInputProps('password')} second={form.getInputProps('repeated')} />
      <FormError error={create.error} />
      <Button type="submit" size="sm" loading={create.isPending}>
        {t('create.submit')}
      </Button>
    </form>
  );
}
