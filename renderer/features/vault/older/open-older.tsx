import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TypedConfirm, isConfirmed } from '../../../ui/typed-confirm.tsx';

type Props = { readonly busy: boolean; readonly onOpen: () => void; readonly onBack: () => void };

/** Leaving the vault closed is one press; opening it all the same takes a typed phrase. */
export function OpenOlder({ busy, onOpen, onBack }: Props) {
  const { t } = useTranslation('vault');
  const [choosing, setChoosing] = useState(false);
  const [typed, setTyped] = useState('');
  const phrase = t('older.phrase');
  const confirmed = isConfirmed(typed, phrase);
  if (!choosing)
    return (
      <Group justify="flex-end" gap="xs">
        <Button size="sm" variant="subtle" color="orange" onClick={() => setChoosing(true)}>
          {t('older.openEllipsis')}
        </Button>
        <Button size="sm" onClick={onBack} autoFocus>
          {t('older.back')}
        </Button>
      </Group>
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (confirmed) onOpen();
      }}
    >
      <TypedConfirm phrase={phrase} value={typed} onChange={setTyped} autoFocus />
      <Text fz="xs" c="dimmed">
        {t('older.recorded')}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button size="sm" variant="default" onClick={onBack}>
          {t('older.back')}
        </Button>
        <Button size="sm" type="submit" color="orange" disabled={!confirmed} loading={busy}>
          {t('older.open')}
        </Button>
      </Group>
    </form>
  );
}
