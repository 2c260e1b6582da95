import { Checkbox, Group, NativeSelect } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Policies } from '../../../../electron/core/contract/index.ts';
import { classifications } from '../../../lib/classifications.ts';
import { SettingsCard } from '../settings-section.tsx';
import classes from './policies.module.css';
import { PolicyRow } from './policy-row.tsx';

type Props = { readonly form: UseFormReturnType<Omit<Policies, 'retention'>>; readonly readOnly: boolean };

/** What the audit keeps of calls of models, and in which cases it records reading. */
export function AuditRules({ form, readOnly }: Props) {
  const { t } = useTranslation(['policies', 'cases']);
  return (
    <SettingsCard title={t('groups.audit')}>
      <div className={classes['rows']}>
        <PolicyRow name="audit-readsOf">
          {(ids) => (
            <Checkbox.Group {...ids} {...form.getInputProps('audit.readsOf')} readOnly={readOnly}>
              <Group gap={14}>
                {classifications.map((value) => (
                  <Checkbox key={value} value={value} disabled={readOnly} label={t(`cases:classification.${value}`)} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
        </PolicyRow>
        <PolicyRow name="audit-modelTexts">
          {(ids) =>
            readOnly ? (
              <span {...ids} className={classes['value']}>
                {t(`modelTexts.${form.values.audit.modelTexts}`)}
              </span>
            ) : (
              <NativeSelect
                {...ids}
                w={220}
                data={(['hashes', 'texts'] as const).map((value) => ({ value, label: t(`modelTexts.${value}`) }))}
                {...form.getInputProps('audit.modelTexts')}
              />
            )
          }
        </PolicyRow>
      </div>
    </SettingsCard>
  );
}
