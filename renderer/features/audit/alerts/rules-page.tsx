import { Button, Group, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AlertRules } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { usePermission } from '../../../lib/session.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Loading } from '../../../ui/loading.tsx';
import { Time } from '../../../ui/time.tsx';
import { SubPage } from '../log/sub-page.tsx';
import classes from './alerts.module.css';
import { alertQueries } from './queries.ts';
import { RuleCard } from './rule-card.tsx';
import { ruleFields, type RuleName } from './rule-fields.ts';

/** What is looked for in the log, each rule with its switch and its figures. */
export function RulesPage() {
  const { t } = useTranslation('alerts');
  const state = useQuery(alertQueries.rules());
  const changed = state.data?.changed;
  return (
    <SubPage
      title={t('rules.title')}
      description={
        changed ? (
          <>
            {t('rules.changed', { name: changed.by })} · <Time at={changed.at} />
          </>
        ) : (
          t('rules.builtIn')
        )
      }
    >
      {state.isPending && <Loading />}
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {state.data && <RulesForm key={changed?.at ?? 0} rules={state.data.rules} />}
    </SubPage>
  );
}

function RulesForm({ rules }: { readonly rules: AlertRules }) {
  const { t } = useTranslation('alerts');
  const queryClient = useQueryClient();
  const readOnly = !usePermission('audit.manage');
  const form = useForm<AlertRules>({ initialValues: rules, validate: (values) => missing(values, t('rules.missing')) });
  const save = useMutation({
    mutationFn: (values: AlertRules) => client.alerts.setRules(values),
    meta: { quiet: true },
    onSuccess: (now) => {
      notifyDone(t('rules.saved'));
      queryClient.setQueryData(alertQueries.rules().queryKey, now);
    },
  });
  return (
    <form className={classes['rules']} onSubmit={form.onSubmit((values) => save.mutate(values))} noValidate>
      <Text c="dimmed" maw={720}>
        {t('rules.lead')}
      </Text>
      {(Object.keys(ruleFields) as RuleName[]).map((name) => (
        <RuleCard key={name} name={name} form={form} readOnly={readOnly} />
      ))}
      <FormError error={save.error} />
      {form.isDirty() && (
        <Group className={classes['save']} gap="xs">
          <Button type="submit" loading={save.isPending}>
            {t('rules.save')}
          </Button>
          <Button variant="default" onClick={() => form.reset()}>
            {t('rules.discard')}
          </Button>
        </Group>
      )}
    </form>
  );
}

function missing(values: AlertRules, text: string): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [name, fields] of Object.entries(ruleFields))
    for (const { key } of fields)
      if (typeof (values[name as RuleName] as Record<string, unknown>)[key] !== 'number') errors[`${name}.${key}`] = text;
  return errors;
}
