import { Chip, Group, NumberInput, Switch, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertRules } from '../../../../electron/core/contract/index.ts';
import { i18n } from '../../../lib/i18n.ts';
import classes from './alerts.module.css';
import { ruleFields, type RuleName } from './rule-fields.ts';

type Props = { readonly name: RuleName; readonly form: UseFormReturnType<AlertRules>; readonly readOnly: boolean };

/** One rule: what it looks for, whether it does, and from where on it speaks. */
export function RuleCard({ name, form, readOnly }: Props) {
  const { t } = useTranslation('alerts');
  const id = useId();
  const { on } = form.values[name];
  return (
    <section className={classes['rule']} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Text id={id} fw={600}>
            {t(`rule.${name}.name`)}
          </Text>
          <Text fz="xs" c="dimmed" maw={620}>
            {t(`rule.${name}.text`)}
          </Text>
        </div>
        <Switch
          aria-labelledby={id}
          disabled={readOnly}
          checked={on}
          onChange={(event) => form.setFieldValue(`${name}.on`, event.currentTarget.checked)}
        />
      </Group>
      {on && ruleFields[name].length > 0 && (
        <Group gap="md" align="flex-start">
          {ruleFields[name].map(({ key, least, most, decimals }) => (
            <NumberInput
              key={key}
              w={170}
              label={t(`rule.${name}.${key}`)}
              min={least}
              max={most}
              clampBehavior="strict"
              allowDecimal={decimals}
              allowNegative={false}
              readOnly={readOnly}
              {...form.getInputProps(`${name}.${key}`)}
            />
          ))}
        </Group>
      )}
      {on && name === 'offHours' && (
        <Chip.Group
          multiple
          value={form.values.offHours.days.map(String)}
          onChange={(days) =>
            !readOnly &&
            form.setFieldValue(
              'offHours.days',
              days.map(Number).toSorted((a, b) => a - b),
            )
          }
        >
          <Group gap={6} role="group" aria-label={t('rule.offHours.days')}>
            {[1, 2, 3, 4, 5, 6, 0].map((day) => (
              <Chip key={day} value={String(day)} size="xs" disabled={readOnly}>
                {dayName(day)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
    </section>
  );
}

/** 2023-01-01 was a Sunday. */
function dayName(day: number): string {
  return new Date(2023, 0, 1 + day).toLocaleDateString(i18n.language, { weekday: 'short' });
}
