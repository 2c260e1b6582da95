import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { useRemoving, useWriting } from '../../../lib/cases.ts';
import { navigate } from '../../../lib/route.ts';
import { canCancel, canRetry, useDocumentActions } from '../use-document-actions.tsx';

/** What may be done with the document that is open. */
export function DocumentMenu({ document }: { readonly document: DocumentSummary }) {
  const { t } = useTranslation('documents');
  const actions = useDocumentActions(() => navigate('documents'));
  const removing = useRemoving('documents.write', document.caseId);
  if (!useWriting('documents.write', document.caseId).may) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('viewer.actions')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {canCancel(document) && (
          <Menu.Item leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={() => actions.cancel([document])}>
            {t('action.cancel')}
          </Menu.Item>
        )}
        {canRetry(document) && (
          <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => actions.retry([document])}>
            {t('action.retry')}
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={!removing.may}
          title={removing.blocked ?? undefined}
          onClick={() => actions.remove([document])}
        >
          {t('action.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
