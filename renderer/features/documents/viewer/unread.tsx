import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHourglass, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { useWriting } from '../../../lib/cases.ts';
import { describe } from '../../../lib/errors.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { canRetry, useDocumentActions } from '../use-document-actions.tsx';

/** A document without pages to show: still waiting, stopped, or not readable. */
export function Unread({ document }: { readonly document: DocumentSummary }) {
  const { t } = useTranslation('documents');
  const { may: mayWrite } = useWriting('documents.write', document.caseId);
  const { retry, busy } = useDocumentActions();
  const { status, error } = document;
  const icon = status === 'failed' ? IconAlertTriangle : status === 'cancelled' ? IconPlayerStop : IconHourglass;
  return (
    <EmptyState
      icon={icon}
      title={t(`unread.${status}`)}
      actions={
        mayWrite &&
        canRetry(document) && (
          <Button variant="default" leftSection={<IconRefresh size={15} aria-hidden />} loading={busy} onClick={() => retry([document])}>
            {t('action.retry')}
          </Button>
        )
      }
    >
      {error ? describe(error) : t('unread.text')}
    </EmptyState>
  );
}
