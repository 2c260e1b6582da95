import { Alert, Button, Fieldset, Group, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { refreshSession } from '../../../lib/session-refresh.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { TypedConfirm, isConfirmed } from '../../../ui/typed-confirm.tsx';
import { PasswordField } from '../password/password-field.tsx';
import type { PasswordRules } from '../password/rules.ts';
import { isUserName } from '../password/user-name.ts';
import { newPasswordProblem } from '../password/validate-new-password.ts';

const duties = ['system', 'security', 'audit'] as const;
type Duty = (typeof duties)[number];
const ownRoles = ['analyst', 'model-steward', 'viewer'] as const;
type OwnRole = (typeof ownRoles)[number];

type NewPerson = { displayName: string; userName: string; password: string };
type Values = Record<Duty, NewPerson> & { ownRole: OwnRole; typed: string };

/** What core asks of passwords from then on. */
const rules: PasswordRules = { minimumLength: 10, minimumKinds: 3, history: 0 };
const nobody: NewPerson = { displayName: '', userName: '', password: '' };

type Props = { readonly onBack: () => void; readonly onDone: () => void };

/** Appoints the three administrators; the person who made the vault becomes one of those who work in it. Cannot be undone. */
export function SeparateDuties({ onBack, onDone }: Props) {
  const { t } = useTranslation(['vault', 'common']);
  const phrase = t('duties.phrase');
  const form = useForm<Values>({
    initialValues: { system: { ...nobody }, security: { ...nobody }, audit: { ...nobody }, ownRole: 'analyst', typed: '' },
    validate: (values) => Object.fromEntries(duties.flatMap((duty) => problemsOf(duty, values, t))),
  });
  const separate = useMutation({
    mutationFn: ({ system, security, audit, ownRole }: Values) => client.identity.separateDuties({ system, security, audit, ownRole }),
    meta: { quiet: true },
    onSuccess: async () => {
      onDone();
      await refreshSession();
    },
  });
  return (
    <form className="stack" onSubmit={form.onSubmit((values) => separate.mutate(values))} noValidate>
      {duties.map((duty) => (
        <PersonFields key={duty} duty={duty} form={form} />
      ))}
      <Select
        label={t('duties.ownRole')}
        description={t('duties.ownRoleHint')}
        allowDeselect={false}
        data={ownRoles.map((value) => ({ value, label: t(`common:roles.${value}`) }))}
        {...form.getInputProps('ownRole')}
      />
      <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('duties.warningTitle')}>
        {t('duties.warning')}
      </Alert>
      <TypedConfirm phrase={phrase} value={form.values.typed} onChange={(value) => form.setFieldValue('typed', value)} />
      <FormError error={separate.error} />
      <Group justify="flex-end" gap="xs">
        <Button size="sm" variant="default" onClick={onBack}>
          {t('duties.back')}
        </Button>
        <Button size="sm" type="submit" loading={separate.isPending} disabled={!isConfirmed(form.values.typed, phrase)}>
          {t('duties.submit')}
        </Button>
      </Group>
    </form>
  );
}

function PersonFields({ duty, form }: { readonly duty: Duty; readonly form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('vault');
  return (
    <Fieldset legend={t(`duties.${duty}.title`)} radius="md" m={0}>
      <Text c="dimmed" fz="xs" mb="xs">
        {t(`duties.${duty}.text`)}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput label={t('duties.name')} required {...form.getInputProps(`${duty}.displayName`)} />
        <TextInput label={t('userName')} autoComplete="off" spellCheck={false} required {...form.getInputProps(`${duty}.userName`)} />
        <PasswordField label={t('duties.firstPassword')} autoComplete="new-password" required {...form.getInputProps(`${duty}.password`)} />
      </SimpleGrid>
    </Fieldset>
  );
}

function problemsOf(duty: Duty, values: Values, t: (key: string) => string): [string, string][] {
  const { displayName, userName, password } = values[duty];
  const taken = duties.some((other) => other !== duty && values[other].userName.toLowerCase() === userName.toLowerCase());
  const problems: [string, string | null][] = [
    [`${duty}.displayName`, displayName.trim() === '' ? t('vault:create.nameMissing') : null],
    [`${duty}.userName`, !isUserName(userName) ? t('vault:create.userNameInvalid') : taken ? t('vault:duties.sameName') : null],
    [`${duty}.password`, newPasswordProblem(password, rules)],
  ];
  return problems.flatMap(([path, problem]) => (problem === null ? [] : [[path, problem] as [string, string]]));
}
