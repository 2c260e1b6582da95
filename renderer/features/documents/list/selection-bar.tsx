import { CloseButton, Group, Text } from '@mantine/core';
import { IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { useRemoving, useWriting } from '../../../lib/cases.ts';
import { GuardedButton } from '../../../ui/guarded-button.tsx';
import { canCancel, canRetry, useDocumentActions } from '../use-document-actions.tsx';
import { RunFlowMenu } from './run-flow-menu.tsx';

type Props = { readonly documents: readonly DocumentSummary[]; readonly onClear: () => void };

/** What may be done with the selected documents. */
export function SelectionBar({ documents, onClear }: Props) {
  const { t } = useTranslation(['documents', 'common']);
  const actions = useDocumentActions(onClear);
  const writing = useWriting('documents.write', ...documents.map(({ caseId }) => caseId));
  const removing = useRemoving('documents.write', ...documents.map(({ caseId }) => caseId));
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
        <GuardedButton
          variant="default"
          leftSection={<IconPlayerStop size={15} aria-hidden />}
          blocked={writing.blocked}
          disabled={actions.busy}
          onClick={() => actions.cancel(documents)}
        >
          {t('action.cancel')}
        </GuardedButton>
      )}
      {documents.some(canRetry) && (
        <GuardedButton
          variant="default"
          leftSection={<IconRefresh size={15} aria-hidden />}
          blocked={writing.blocked}
          disabled={actions.busy}
          onClick={() => actions.retry(documents)}
        >
          {t('action.retry')}
        </GuardedButton>
      )}
      <GuardedButton
        variant="default"
        c="red"
        leftSection={<IconTrash size={15} aria-hidden />}
        blocked={removing.blocked}
        disabled={actions.busy}
        onClick={() => actions.remove(documents)}
      >
        {t('action.remove')}
      </GuardedButton>
    </Group>
  );
}
