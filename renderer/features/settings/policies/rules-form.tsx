import { Button, Checkbox, NativeSelect, NumberInput, Stack, Switch, Text } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Policies, PolicyState } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { formatBytes } from '../../../lib/format.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { policiesQuery } from '../../../lib/policies.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { SettingsCard } from '../settings-section.tsx';
import { AuditRules } from './audit-rules.tsx';
import { type Bounded, bounds } from './bounds.ts';
import { approvalClasses } from './four-eyes.ts';
import { NumberPolicy } from './number-policy.tsx';
import classes from './policies.module.css';
import { PolicyRow } from './policy-row.tsx';

type Rules = Omit<Policies, 'retention'>;
type Form = UseFormReturnType<Rules>;
type CardProps = { readonly form: Form; readonly readOnly: boolean };

const bytesPerGb = 1024 ** 3;
const numbers = (Object.keys(bounds) as Bounded[]).filter((name) => !name.startsWith('retention.'));

/** All rules but the retention, saved together. */
export function RulesForm({ state, readOnly }: { readonly state: PolicyState; readonly readOnly: boolean }) {
  const { t } = useTranslation('policies');
  const queryClient = useQueryClient();
  const { retention: _retention, ...rules } = state.policies;
  const form = useForm<Rules>({
    initialValues: rules,
    validate: (values) =>
      Object.fromEntries(numbers.filter((name) => typeof valueAt(values, name) !== 'number').map((name) => [name, t('missing')])),
  });
  const save = useMutation({
    mutationFn: (values: Rules) => client.policies.set(values),
    meta: { quiet: true },
    onSuccess: (now) => {
      const { retention: _now, ...values } = now.policies;
      queryClient.setQueryData(policiesQuery().queryKey, now);
      form.setInitialValues(values);
      form.setValues(values);
      notifyDone(t('saved'));
    },
  });
  const dirty = form.isDirty();
  return (
    <form className="stack" style={{ gap: 18 }} onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Passwords form={form} readOnly={readOnly} />
      <Sessions form={form} readOnly={readOnly} />
      <FourEyes form={form} readOnly={readOnly} />
      <AuditRules form={form} readOnly={readOnly} />
      <Vault form={form} readOnly={readOnly} />
      <FormError error={save.error} />
      {dirty && (
        <div className={classes['save']}>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
          <Button variant="default" onClick={() => form.reset()}>
            {t('discard')}
          </Button>
          <Text fz="xs" c="dimmed" role="status">
            {t('unsaved')}
          </Text>
        </div>
      )}
    </form>
  );
}

function valueAt(values: Rules, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], values);
}

function Passwords({ form, readOnly }: CardProps) {
  const { t } = useTranslation('policies');
  return (
    <SettingsCard title={t('groups.passwords')}>
      <div className={classes['rows']}>
        {(
          [
            'password.minimumLength',
            'password.minimumKinds',
            'password.history',
            'password.maximumAgeDays',
            'lockout.attempts',
            'lockout.minutes',
          ] as const
        ).map((name) => (
          <NumberPolicy key={name} name={name} input={form.getInputProps(name)} readOnly={readOnly} />
        ))}
        <PolicyRow name="secondFactor">
          {(ids) =>
            readOnly ? (
              <span {...ids} className={classes['value']}>
                {t(`secondFactor.${form.values.secondFactor}`)}
              </span>
            ) : (
              <NativeSelect
                {...ids}
                w={220}
                data={(['optional', 'administrators', 'everybody'] as const).map((value) => ({ value, label: t(`secondFactor.${value}`) }))}
                {...form.getInputProps('secondFactor')}
              />
            )
          }
        </PolicyRow>
      </div>
    </SettingsCard>
  );
}

function Sessions({ form, readOnly }: CardProps) {
  const { t } = useTranslation('policies');
  return (
    <SettingsCard title={t('groups.sessions')}>
      <div className={classes['rows']}>
        <NumberPolicy name="session.idleMinutes" input={form.getInputProps('session.idleMinutes')} readOnly={readOnly} />
        <PolicyRow name="session-lockWhileRunning">
          {(ids) => <Switch {...ids} disabled={readOnly} {...form.getInputProps('session.lockWhileRunning', { type: 'checkbox' })} />}
        </PolicyRow>
        <NumberPolicy name="session.maximumHours" input={form.getInputProps('session.maximumHours')} readOnly={readOnly} />
      </div>
    </SettingsCard>
  );
}

function FourEyes({ form, readOnly }: CardProps) {
  const { t } = useTranslation('policies');
  return (
    <SettingsCard title={t('groups.fourEyes')} lead={t('fourEyes.lead')}>
      <Checkbox.Group {...form.getInputProps('fourEyes')} readOnly={readOnly} aria-label={t('groups.fourEyes')}>
        <Stack gap={10}>
          {approvalClasses.map((value) => (
            <Checkbox
              key={value}
              value={value}
              disabled={readOnly}
              label={t(`fourEyes.${value}.name`)}
              description={t(`fourEyes.${value}.text`)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <div className={classes['rows']}>
        <NumberPolicy name="approvalHours" input={form.getInputProps('approvalHours')} readOnly={readOnly} />
      </div>
    </SettingsCard>
  );
}

function Vault({ form, readOnly }: CardProps) {
  const { t } = useTranslation('policies');
  return (
    <SettingsCard title={t('groups.vault')}>
      <div className={classes['rows']}>
        <NumberPolicy name="rotationDays" input={form.getInputProps('rotationDays')} readOnly={readOnly} />
        <PolicyRow name="quotaBytes">
          {(ids) =>
            readOnly ? (
              <span {...ids} className={classes['value']}>
                {form.values.quotaBytes === 0 ? '–' : formatBytes(form.values.quotaBytes)}
              </span>
            ) : (
              <NumberInput
                {...ids}
                w={150}
                min={0}
                decimalScale={1}
                allowNegative={false}
                suffix=" GB"
                value={Math.round((form.values.quotaBytes / bytesPerGb) * 10) / 10}
                onChange={(value) => form.setFieldValue('quotaBytes', typeof value === 'number' ? Math.round(value * bytesPerGb) : 0)}
              />
            )
          }
        </PolicyRow>
      </div>
    </SettingsCard>
  );
}
