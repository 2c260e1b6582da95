import { Progress, Text, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PasswordField } from './password-field.tsx';
import { type PasswordRules, firstRules, shortfallsOf } from './rules.ts';
import { type Strength, strengthOf } from './strength.ts';

const meter: Readonly<Record<Strength, { readonly value: number; readonly color: string }>> = {
  short: { value: 12, color: 'red' },
  weak: { value: 35, color: 'orange' },
  fair: { value: 65, color: 'yellow' },
  strong: { value: 100, color: 'green' },
};

type Props = {
  readonly value: string;
  /** What a form gives to each of the two fields. */
  readonly first: PasswordInputProps;
  readonly second: PasswordInputProps;
  readonly rules?: PasswordRules | undefined;
  readonly label?: string;
};

/** A new password, typed twice, with how strong it is and what the policy still misses. */
export function NewPassword({ value, first, second, rules = firstRules, label }: Props) {
  const { t } = useTranslation('vault');
  return (
    <>
      <div>
        <PasswordField label={label ?? t('password')} autoComplete="new-password" required {...first} />
        <div aria-live="polite" style={{ minHeight: 30, paddingTop: 6 }}>
          {value === '' ? (
            <Text fz="xs" c="dimmed">
              {t('strength.hint', { count: rules.minimumLength })}
            </Text>
          ) : (
            <Meter password={value} rules={rules} />
          )}
        </div>
      </div>
      <PasswordField label={t('create.repeat')} autoComplete="new-password" required {...second} />
    </>
  );
}

function Meter({ password, rules }: { readonly password: string; readonly rules: PasswordRules }) {
  const { t } = useTranslation('vault');
  const [missing] = shortfallsOf(password, rules);
  const strength: Strength = missing === 'length' ? 'short' : strengthOf(password);
  const text =
    missing === 'kinds' ? t('strength.kinds', { count: rules.minimumKinds }) : t(`strength.${strength}`, { count: rules.minimumLength });
  return (
    <>
      <Progress size={4} {...meter[strength]} aria-hidden />
      <Text fz="xs" c="dimmed" mt={4}>
        {text}
      </Text>
    </>
  );
}
