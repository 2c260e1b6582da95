import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../lib/client.ts';
import { FormError } from '../../../ui/form-error.tsx';
import { ShareList } from '../../vault/recover/share-list.tsx';

type Props = { readonly threshold: number; readonly onBack: () => void; readonly onDone: () => void };

/** Enough custodians type their shares back from paper; only then the shares count. */
export function ConfirmShares({ threshold, onBack, onDone }: Props) {
  const { t } = useTranslation(['keys', 'vault']);
  const [shares, setShares] = useState<readonly string[]>([]);
  const confirm = useMutation({
    mutationFn: () => client.keys.confirmCustodians({ shares: [...shares] }),
    meta: { quiet: true },
    onSuccess: onDone,
  });
  return (
    <Stack gap="md">
      <Text>{t('custodians.confirmText', { threshold })}</Text>
      <ShareList shares={shares} needed={threshold} onChange={setShares} />
      <FormError error={confirm.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack}>
          {t('custodians.back')}
        </Button>
        <Button disabled={shares.length < threshold} loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t('custodians.confirm')}
        </Button>
      </Group>
    </Stack>
  );
}
