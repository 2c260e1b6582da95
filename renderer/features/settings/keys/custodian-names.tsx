import { ActionIcon, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormError } from '../../../ui/form-error.tsx';

const fewest = 2;
const most = 16;

type Props = {
  readonly replacing: boolean;
  readonly error: unknown;
  readonly busy: boolean;
  readonly onBegin: (input: { threshold: number; names: string[] }) => void;
};

/** Who holds a share, and how many of them must come together. */
export function CustodianNames({ replacing, error, busy, onBegin }: Props) {
  const { t } = useTranslation('keys');
  const [names, setNames] = useState<readonly string[]>(['', '', '']);
  const [threshold, setThreshold] = useState(fewest);
  const given = names.map((name) => name.trim()).filter((name) => name !== '');
  const ready = given.length === names.length && new Set(given).size === given.length;
  const needed = Math.min(threshold, names.length);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onBegin({ threshold: needed, names: given });
      }}
    >
      <Text>{t(replacing ? 'custodians.replaceText' : 'custodians.setUpText')}</Text>
      <Stack gap={6}>
        {names.map((name, at) => (
          <Group key={at} gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={t('custodians.nameOf', { number: at + 1 })}
              placeholder={t('custodians.nameOf', { number: at + 1 })}
              value={name}
              maxLength={120}
              onChange={(event) => setNames(names.with(at, event.currentTarget.value))}
              data-autofocus={at === 0 || undefined}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('custodians.removeName', { number: at + 1 })}
              disabled={names.length <= fewest}
              onClick={() => setNames(names.toSpliced(at, 1))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={names.length >= most}
            onClick={() => setNames([...names, ''])}
          >
            {t('custodians.addName')}
          </Button>
        </Group>
      </Stack>
      <NumberInput
        label={t('custodians.threshold')}
        description={t('custodians.thresholdHint', { threshold: needed, count: names.length })}
        maw={420}
        min={fewest}
        max={names.length}
        clampBehavior="strict"
        allowDecimal={false}
        value={needed}
        onChange={(value) => setThreshold(typeof value === 'number' ? value : fewest)}
      />
      <FormError error={error} />
      <Group justify="flex-end">
        <Button type="submit" loading={busy} disabled={!ready}>
          {t('custodians.makeShares')}
        </Button>
      </Group>
    </form>
  );
}
