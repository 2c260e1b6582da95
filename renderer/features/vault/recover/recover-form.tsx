import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recoveryCodeGroups } from '../../../../electron/core/contract/code-groups.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { CodeField } from '../code/code-field.tsx';
import { codeOf, complete, mistypedGroups } from '../code/groups.ts';
import { NewPassword } from '../password/new-password.tsx';
import { newPasswordProblem, repeatProblem } from '../password/validate-new-password.ts';
import { ShareList } from './share-list.tsx';
import type { Recover } from './use-recover.ts';

type Props = {
  /** How many shares; null: the recovery code. */
  readonly needed: number | null;
  readonly recover: Recover;
};

/** The proof first; the new password once it is typed in full. */
export function RecoverForm({ needed, recover }: Props) {
  const { t } = useTranslation('vault');
  const [groups, setGroups] = useState<readonly string[]>([]);
  const [shares, setShares] = useState<readonly string[]>([]);
  const form = useForm({
    initialValues: { userName: '', password: '', repeated: '' },
    validate: {
      userName: (value) => (value === '' ? t('unlock.userNameMissing') : null),
      password: (value) => newPasswordProblem(value),
      repeated: (value, values) => repeatProblem(value, values.password),
    },
  });
  const proved = needed === null ? complete(groups, recoveryCodeGroups) && mistypedGroups(groups).length === 0 : shares.length >= needed;
  return (
    <form
      className="stack"
      noValidate
      onSubmit={form.onSubmit(({ userName, password }) =>
        recover.submit({ userName, newPassword: password, ...(needed === null ? { code: codeOf(groups) } : { shares: [...shares] }) }),
      )}
    >
      {needed === null ? (
        <CodeField
          label={t('recover.code')}
          description={t('recover.codeHint')}
          count={recoveryCodeGroups}
          value={groups}
          onChange={setGroups}
          autoFocus
        />
      ) : (
        <ShareList shares={shares} needed={needed} onChange={setShares} />
      )}
      {proved && (
        <>
          <TextInput
            label={t('recover.person')}
            description={t('recover.personHint')}
            autoComplete="username"
            spellCheck={false}
            required
            {...form.getInputProps('userName')}
          />
          <NewPassword
            label={t('recover.newPassword')}
            value={form.values.password}
            first={form.getInputProps('password')}
            second={form.getInputProps('repeated')}
          />
        </>
      )}
      <FormError error={recover.error} />
      <Button type="submit" size="sm" loading={recover.busy} disabled={!proved}>
        {t('recover.submit')}
      </Button>
    </form>
  );
}
