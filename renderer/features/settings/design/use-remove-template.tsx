import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ReportTemplate } from '../../../../electron/core/contract/index.ts';
import { client } from '../../../lib/client.ts';
import { notifyDone } from '../../../lib/notify.ts';
import { templatesQuery } from './queries.ts';

/** Removing an own template, after saying what it does not touch. */
export function useRemoveTemplate({ id, name }: Pick<ReportTemplate, 'id' | 'name'>) {
  const { t } = useTranslation(['design', 'common']);
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.templates.remove({ id }),
    onSuccess: async () => {
      notifyDone(t('remove.done'));
      await queryClient.invalidateQueries({ queryKey: templatesQuery().queryKey });
    },
  });
  const ask = (): void => {
    modals.openConfirmModal({
      title: t('remove.title', { name }),
      children: <Text>{t('remove.text')}</Text>,
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    });
  };
  return { ask, busy: remove.isPending };
}
