import { PasswordInput, type PasswordInputProps, Text } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A password that can be shown, with a word about Caps Lock while it is on. */
export function PasswordField({ onBlur, ...props }: PasswordInputProps) {
  const { t } = useTranslation('vault');
  const [capsLock, setCapsLock] = useState(false);
  const [shown, setShown] = useState(false);
  const look = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <div>
      <PasswordInput
        {...props}
        visible={shown}
        onVisibilityChange={setShown}
        visibilityToggleButtonProps={{ 'aria-label': t(shown ? 'passwordHide' : 'passwordShow') }}
        onKeyDown={look}
        onKeyUp={look}
        onBlur={(event) => {
          setCapsLock(false);
          onBlur?.(event);
        }}
      />
      {capsLock && (
        <Text fz="xs" mt={4} c="var(--rd-warning-text)" role="status">
          {t('capsLock')}
        </Text>
      )}
    </div>
  );
}
