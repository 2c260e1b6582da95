import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { modelsQuery } from '../queries.ts';

/** What may be done with one model. */
export function useModelActions({ id, displayName, storage }: Model) {
  const { t } = useTranslation(['models', 'common']);
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: modelsQuery.queryKey });
  const load = useMutation({ mutationFn: () => client.models.load({ id }), onSettled });
  const unload = useMutation({ mutationFn: () => client.models.unload({ id }), onSettled });
  const setDefault = useMutation({ mutationFn: () => client.models.setDefault({ id }), onSettled });
  const remove = useMutation({ mutationFn: () => client.models.remove({ id }), onSettled });
  const confirmRemove = (): void => {
    modals.openConfirmModal({
      title: t('remove.title', { name: displayName }),
      children: <Text>{t(storage === 'copied' ? 'remove.copied' : 'remove.linked')}</Text>,
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    });
  };
  return { load, unload, setDefault, confirmRemove };
}

export type ModelActions = ReturnType<typeof useModelActions>;
