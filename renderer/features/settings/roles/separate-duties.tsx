import { Alert, Button, Checkbox, Fieldset, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { refreshSession } from '../../../lib/session-refresh.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { firstRules } from '../../vault/password/rules.ts';
import { isUserName } from '../../vault/password/user-name.ts';
import { newPasswordProblem } from '../../vault/password/validate-new-password.ts';
import { FirstPassword } from '../people/first-password.tsx';
import { workingRoles } from '../people/roles.ts';
import { RecoveryFirst } from './recovery-first.tsx';

const duties = ['system', 'security', 'audit'] as const;
type OwnRole = (typeof workingRoles)[number];
type Appointed = { displayName: string; userName: string; password: string };
type Values = Record<(typeof duties)[number], Appointed> & { ownRole: OwnRole; understood: boolean };

const nobody: Appointed = { displayName: '', userName: '', password: '' };
const blank: Values = { system: { ...nobody }, security: { ...nobody }, audit: { ...nobody }, ownRole: 'analyst', understood: false };
/** As the separated policy will ask: core raises the rules together with the separation. */
const leastLength = 10;
const leastKinds = 3;

/** Appoints the three administrators in one step that cannot be undone. */
export function SeparateDuties({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation(['roles', 'common']);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={t('separation.dialog')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && (
        <RecoveryFirst onCancel={onClose}>
          <SeparationForm onCancel={onClose} onDone={onClose} />
        </RecoveryFirst>
      )}
    </Modal>
  );
}

/** Also the last step of a new vault. */
export function SeparationForm({ onCancel, onDone }: { readonly onCancel: () => void; readonly onDone: () => void }) {
  const { t } = useTranslation(['roles', 'common', 'people', 'vault']);
  const queryClient = useQueryClient();
  const now = useQuery(policiesQuery()).data?.policies.password ?? firstRules;
  const rules = {
    ...now,
    minimumLength: Math.max(now.minimumLength, leastLength),
    minimumKinds: Math.max(now.minimumKinds, leastKinds),
  };
  const form = useForm<Values>({
    initialValues: structuredClone(blank),
    validate: (values) => {
      const errors: Record<string, string> = {};
      for (const duty of duties) {
        const { displayName, userName, password } = values[duty];
        if (displayName.trim() === '') errors[`${duty}.displayName`] = t('people:nameMissing');
        if (!isUserName(userName)) errors[`${duty}.userName`] = t('vault:create.userNameInvalid');
        else if (duties.some((other) => other < duty && values[other].userName === userName))
          errors[`${duty}.userName`] = t('separation.sameName');
        const problem = newPasswordProblem(password, rules);
        if (problem !== null) errors[`${duty}.password`] = problem;
      }
      if (!values.understood) errors['understood'] = t('separation.confirmFirst');
      return errors;
    },
  });
  const separate = useMutation({
    mutationFn: ({ understood: _understood, ...values }: Values) => client.identity.separateDuties(values),
    meta: { quiet: true },
    onSuccess: async () => {
      onDone();
      notifyDone(t('separation.done'));
      // Nobody is owner any more: what this page may show changes with it.
      await refreshSession();
      await queryClient.invalidateQueries();
    },
  });
  return (
    <form className="stack" onSubmit={form.onSubmit((values) => separate.mutate(values))} noValidate>
      <Alert color="orange" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('separation.warningTitle')}>
        {t('separation.warning')}
      </Alert>
      {duties.map((duty) => (
        <Fieldset key={duty} legend={t(`common:roles.${duty}-administrator`)}>
          <Stack gap="sm">
            <Text fz="xs" c="dimmed">
              {t(`separation.each.${duty}`)}
            </Text>
            <Group grow align="flex-start">
              <TextInput label={t('people:name')} required maxLength={120} {...form.getInputProps(`${duty}.displayName`)} />
              <TextInput
                label={t('people:userName')}
                required
                autoComplete="off"
                spellCheck={false}
                {...form.getInputProps(`${duty}.userName`)}
              />
            </Group>
            <FirstPassword
              label={t('people:add.password')}
              value={form.values[duty].password}
              rules={rules}
              input={form.getInputProps(`${duty}.password`)}
              onMadeUp={(password) => form.setFieldValue(`${duty}.password`, password)}
            />
          </Stack>
        </Fieldset>
      ))}
      <Select
        label={t('separation.ownRole')}
        description={t(`people:roleHints.${form.values.ownRole}`)}
        allowDeselect={false}
        data={workingRoles.map((value) => ({ value, label: t(`common:roles.${value}`) }))}
        {...form.getInputProps('ownRole')}
      />
      <Checkbox label={t('separation.understood')} {...form.getInputProps('understood', { type: 'checkbox' })} />
      <FormError error={separate.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" color="red" loading={separate.isPending}>
          {t('separation.submit')}
        </Button>
      </Group>
    </form>
  );
}
