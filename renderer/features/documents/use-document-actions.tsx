import { List, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';

const namesShown = 5;
const idsPerCall = 10_000;

/** Cancel, retry and remove for one or many documents; each says by itself to which of them it applies. */
export function useDocumentActions(onRemoved?: () => void) {
  const { t } = useTranslation(['documents', 'common']);
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['documents'] });
  const cancel = useMutation({ mutationFn: (ids: string[]) => client.documents.cancel({ ids }), onSuccess: refresh });
  const retry = useMutation({ mutationFn: (ids: string[]) => client.documents.retry({ ids }), onSuccess: refresh });
  const remove = useMutation({
    mutationFn: (ids: string[]) => client.documents.remove({ ids }),
    onSuccess: () => {
      onRemoved?.();
      return queryClient.invalidateQueries({ queryKey: ['documents', 'list'] });
    },
  });

  const confirmRemove = (documents: readonly DocumentSummary[]): void => {
    modals.openConfirmModal({
      title: t('remove.title', { count: documents.length }),
      children: (
        <>
          <List fz="sm" mb="xs">
            {documents.slice(0, namesShown).map(({ id, name }) => (
              <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
                {name}
              </List.Item>
            ))}
          </List>
          {documents.length > namesShown && <Text mb="xs">{t('remove.more', { count: documents.length - namesShown })}</Text>}
          <Text c="dimmed">{t('remove.text')}</Text>
        </>
      ),
      labels: { confirm: t('common:remove'), cancel: t('common:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(idsOf(documents)),
    });
  };

  return {
    cancel: (documents: readonly DocumentSummary[]) => cancel.mutate(idsOf(documents.filter(canCancel))),
    retry: (documents: readonly DocumentSummary[]) => retry.mutate(idsOf(documents.filter(canRetry))),
    remove: confirmRemove,
    busy: cancel.isPending || retry.isPending || remove.isPending,
  };
}

export function canCancel({ status }: DocumentSummary): boolean {
  return status === 'queued' || status === 'reading';
}

export function canRetry({ status }: DocumentSummary): boolean {
  return status === 'failed' || status === 'cancelled';
}

function idsOf(documents: readonly DocumentSummary[]): string[] {
  return documents.slice(0, idsPerCall).map(({ id }) => id);
}
