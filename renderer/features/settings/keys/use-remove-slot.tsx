import { Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { KeySlot } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { slotsQuery } from './queries.ts';

/** Removing a way in, after saying what it does and what it does not. */
export function useRemoveSlot(slot: KeySlot): { readonly ask: () => void; readonly busy: boolean } {
  const { t } = useTranslation(['keys', 'common']);
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.keys.removeSlot({ id: slot.id }),
    onSuccess: (slots) => {
      queryClient.setQueryData(slotsQuery.queryKey, slots);
      notifyDone(t('remove.done'));
    },
  });
  const ask = (): void => {
    modals.openConfirmModal({
      title: t(`remove.title.${slot.kind}`),
      children: (
        <Stack gap="xs">
          <Text>{t(`remove.text.${slot.kind}`)}</Text>
          <Text c="dimmed">{t('remove.copies')}</Text>
        </Stack>
      ),
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    });
  };
  return { ask, busy: remove.isPending };
}
