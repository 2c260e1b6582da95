import { Alert, Button, Group } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconUserCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PolicyState, RetentionPolicy } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { NumberPolicy } from './number-policy.tsx';
import classes from './policies.module.css';

/** How long cases and audit records are kept: apart, because it may need a second person. */
export function RetentionForm({ state, readOnly }: { readonly state: PolicyState; readonly readOnly: boolean }) {
  const { t } = useTranslation('policies');
  const queryClient = useQueryClient();
  const form = useForm<RetentionPolicy>({
    initialValues: state.policies.retention,
    validate: {
      caseDays: (value) => (typeof value === 'number' ? null : t('missing')),
      auditDays: (value) => (typeof value === 'number' ? null : t('missing')),
    },
  });
  const save = useMutation({
    mutationFn: (values: RetentionPolicy) => client.policies.setRetention(values),
    meta: { quiet: true },
    onSuccess: async (now) => {
      queryClient.setQueryData(policiesQuery().queryKey, now);
      form.setInitialValues(now.policies.retention);
      form.setValues(now.policies.retention);
      notifyDone(t('retentionSaved'));
      await queryClient.invalidateQueries({ queryKey: ['cases'] });
    },
  });
  const fourEyes = state.policies.fourEyes.includes('retention-change');
  return (
    <SettingsCard title={t('groups.retention')} lead={t('retentionLead')}>
      <form className="stack" onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
        <div className={classes['rows']}>
          <NumberPolicy name="retention.caseDays" input={form.getInputProps('caseDays')} readOnly={readOnly} />
          <NumberPolicy name="retention.auditDays" input={form.getInputProps('auditDays')} readOnly={readOnly} />
        </div>
        {fourEyes && !readOnly && save.error === null && (
          <Alert color="gray" p="xs" icon={<IconUserCheck size={16} aria-hidden />}>
            {t('retentionFourEyes')}
          </Alert>
        )}
        <FormError error={save.error} />
        {form.isDirty() && (
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => form.reset()}>
              {t('discard')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(fourEyes ? 'askRetention' : 'saveRetention')}
            </Button>
          </Group>
        )}
      </form>
    </SettingsCard>
  );
}
