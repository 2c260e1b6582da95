import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = {
  readonly phrase: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly autoFocus?: boolean;
};

/** True where a person typed the phrase; capitals and outer spaces do not matter. */
export function isConfirmed(value: string, phrase: string): boolean {
  return value.trim().toLowerCase() === phrase.toLowerCase();
}

/** A phrase to be typed before something that cannot be taken back. */
export function TypedConfirm({ phrase, value, onChange, autoFocus = false }: Props) {
  const { t } = useTranslation('common');
  return (
    <TextInput
      label={t('typeToConfirm', { phrase })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoFocus={autoFocus}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
