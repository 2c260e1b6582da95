import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recoveryCodeGroups } from '../../../../electron/core/contract/code-groups.ts';
import type { Snapshot } from '../../../../electron/core/contract/index.ts';
import { codeOf as errorCodeOf } from '../../../lib/errors.ts';
import { formatTime } from '../../../lib/format.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { CodeField } from '../code/code-field.tsx';
import { codeOf, complete, mistypedGroups } from '../code/groups.ts';
import { PasswordField } from '../password/password-field.tsx';
import { type FactorProof, factorOf, noProof, proofOf, proofRules } from '../sign-in/factor-proof.ts';
import { SecondFactorFields } from '../sign-in/second-factor.tsx';
import type { Proof } from './use-restore.ts';

type Props = { readonly snapshot: Snapshot; readonly error: unknown; readonly onRestore: (proof: Proof) => void };
type Way = 'password' | 'code';
type Values = FactorProof & { userName: string; password: string };

/** The keys of the time the backup was made: a person's password then, or the recovery code then. */
export function RestoreForm({ snapshot, error, onRestore }: Props) {
  const { t } = useTranslation('vault');
  const [way, setWay] = useState<Way>('password');
  const [groups, setGroups] = useState<readonly string[]>([]);
  const factor = factorOf(error);
  const form = useForm<Values>({
    initialValues: { userName: '', password: '', ...noProof },
    validate: {
      userName: (value) => (way === 'password' && value === '' ? t('unlock.userNameMissing') : null),
      password: (value) => (way === 'password' && value === '' ? t('unlock.passwordMissing') : null),
      ...proofRules(way === 'password' ? factor : null),
    },
  });
  const codeReady = complete(groups, recoveryCodeGroups) && mistypedGroups(groups).length === 0;
  const submit = async (values: Values): Promise<void> => {
    if (way === 'code') onRestore({ code: codeOf(groups) });
    else onRestore({ userName: values.userName, secrets: { password: values.password, ...(await proofOf(values, factor)) } });
  };
  return (
    <form className="stack" noValidate onSubmit={form.onSubmit((values) => void submit(values))}>
      <SegmentedControl
        aria-label={t('restore.way')}
        value={way}
        onChange={(value) => setWay(value)}
        data={[
          { value: 'password' as const, label: t('restore.withPassword') },
          { value: 'code' as const, label: t('restore.withCode') },
        ]}
      />
      {way === 'code' ? (
        <CodeField label={t('recover.code')} count={recoveryCodeGroups} value={groups} onChange={setGroups} autoFocus />
      ) : (
        <>
          <TextInput label={t('userName')} autoFocus autoComplete="off" spellCheck={false} required {...form.getInputProps('userName')} />
          <PasswordField label={t('password')} autoComplete="off" required {...form.getInputProps('password')} />
          {factor && <SecondFactorFields factor={factor} field={(name) => form.getInputProps(name)} />}
        </>
      )}
      {errorCodeOf(error) !== 'vault/second-factor-needed' && <FormError error={error} />}
      <Button type="submit" size="sm" disabled={way === 'code' && !codeReady}>
        {t('restore.start', { time: formatTime(snapshot.createdAt) })}
      </Button>
    </form>
  );
}
