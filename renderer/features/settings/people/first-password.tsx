import { Button, Group, Text } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { IconDice3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PasswordRules } from '../../vault/password/rules.ts';
import { PasswordField } from '../../vault/password/password-field.tsx';
import { madeUpPassword } from './made-up-password.ts';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly rules: PasswordRules;
  readonly input: GetInputPropsReturnType;
  readonly onMadeUp: (password: string) => void;
};

/** A password that is handed over: typed, or made up here, and then shown so that it can be written down. */
export function FirstPassword({ label, value, rules, input, onMadeUp }: Props) {
  const { t } = useTranslation('people');
  return (
    <div>
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <div style={{ flex: 1 }}>
          <PasswordField label={label} description={t('password.hint')} autoComplete="new-password" required {...input} />
        </div>
        <Button
          mt={41}
          h={32}
          variant="default"
          leftSection={<IconDice3 size={15} aria-hidden />}
          onClick={() => onMadeUp(madeUpPassword(rules.minimumLength))}
        >
          {t('password.makeUp')}
        </Button>
      </Group>
      {value !== '' && (
        <Text fz="xs" c="dimmed" mt={6}>
          {t('password.shown')}{' '}
          <Text component="code" ff="monospace" fz="sm" c="var(--mantine-color-text)" style={{ overflowWrap: 'anywhere' }}>
            {value}
          </Text>
        </Text>
      )}
    </div>
  );
}
