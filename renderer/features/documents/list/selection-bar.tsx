import { Button, CloseButton, Group, Text } from '@mantine/core';
import { IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { canCancel, canRetry, useDocumentActions } from '../use-document-actions.tsx';
import { RunFlowMenu } from './run-flow-menu.tsx';

type Props = { readonly documents: readonly DocumentSummary[]; readonly onClear: () => void };

/** What may be done with the selected documents. */
export function SelectionBar({ documents, onClear }: Props) {
  const { t } = useTranslation(['documents', 'common']);
  const actions = useDocumentActions(onClear);
  return (
    <Group
      px="md"
      h={44}
      gap="xs"
      role="toolbar"
      aria-label={t('selectionActions')}
      style={{ background: 'var(--rd-selected)', flex: 'none' }}
    >
      <CloseButton size="sm" aria-label={t('clearSelection')} onClick={onClear} />
      <Text fw={500} mr="sm" aria-live="polite">
        {t('common:selected', { count: documents.length })}
      </Text>
      <RunFlowMenu documents={documents} />
      {documents.some(canCancel) && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={15} aria-hidden />}
          disabled={actions.busy}
          onClick={() => actions.cancel(documents)}
        >
          {t('action.cancel')}
        </Button>
      )}
      {documents.some(canRetry) && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={15} aria-hidden />}
          disabled={actions.busy}
          onClick={() => actions.retry(documents)}
        >
          {t('action.retry')}
        </Button>
      )}
      <Button
        variant="default"
        c="red"
        leftSection={<IconTrash size={15} aria-hidden />}
        disabled={actions.busy}
        onClick={() => actions.remove(documents)}
      >
        {t('action.remove')}
      </Button>
    </Group>
  );
}
