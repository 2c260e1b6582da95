import { Button, Group, Stack, Text } from '@mantine/core';
import { IconEye, IconEyeOff, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeShown } from '../../vault/code/code-shown.tsx';
import { PrintSheets } from '../../vault/sheet/print-sheets.tsx';
import { Sheet } from '../../vault/sheet/sheet.tsx';
import { useVaultStatus } from '../../vault/use-vault-status.ts';

export type HandedShare = { readonly name: string; readonly text: string };
type Props = {
  readonly threshold: number;
  readonly shares: readonly HandedShare[];
  readonly madeAt: number;
  readonly onNext: () => void;
};

/** Each custodian gets a sheet of their own; one share at a time is on the screen. */
export function HandOutShares({ threshold, shares, madeAt, onNext }: Props) {
  const { t } = useTranslation('keys');
  const vault = useVaultStatus();
  const [shown, setShown] = useState<number | null>(null);
  const [printing, setPrinting] = useState<readonly number[] | null>(null);

  useEffect(() => {
    if (printing === null) return;
    window.print();
    setPrinting(null);
  }, [printing]);

  return (
    <Stack gap="md">
      <Text>{t('custodians.handOut')}</Text>
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {shares.map(({ name, text }, at) => (
          <li key={name}>
            <Group gap="xs" wrap="nowrap" mb={shown === at ? 'xs' : 0}>
              <Text fw={500} flex={1} truncate>
                {name}
              </Text>
              <Button
                variant="subtle"
                leftSection={shown === at ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
                aria-expanded={shown === at}
                aria-label={t(shown === at ? 'custodians.hideNamed' : 'custodians.showNamed', { name })}
                onClick={() => setShown(shown === at ? null : at)}
              >
                {t(shown === at ? 'custodians.hide' : 'custodians.show')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconPrinter size={16} aria-hidden />}
                aria-label={t('custodians.printNamed', { name })}
                disabled={!vault}
                onClick={() => setPrinting([at])}
              >
                {t('custodians.print')}
              </Button>
            </Group>
            {shown === at && <CodeShown code={text} />}
          </li>
        ))}
      </Stack>
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          leftSection={<IconPrinter size={16} aria-hidden />}
          disabled={!vault}
          onClick={() => setPrinting(shares.map((_, at) => at))}
        >
          {t('custodians.printAll')}
        </Button>
        <Button onClick={onNext}>{t('custodians.next')}</Button>
      </Group>
      {vault && printing && (
        <PrintSheets>
          {printing.map((at) => (
            <Sheet
              key={at}
              vault={vault}
              kind="custodian"
              code={shares[at]?.text ?? ''}
              madeAt={madeAt}
              share={{ name: shares[at]?.name ?? '', number: at + 1, count: shares.length, threshold }}
            />
          ))}
        </PrintSheets>
      )}
    </Stack>
  );
}
