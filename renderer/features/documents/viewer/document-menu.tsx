import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPlayerStop, IconRefresh, IconTimeline, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DocumentSummary } from '../../../../electron/core/contract/index.ts';
import { useRemoving, useWriting } from '../../../lib/cases.ts';
import { navigate } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { lifeAddress } from '../../audit/log/life-address.ts';
import { canCancel, canRetry, useDocumentActions } from '../use-document-actions.tsx';

/** What may be done with the document that is open. */
export function DocumentMenu({ document }: { readonly document: DocumentSummary }) {
  const { t } = useTranslation('documents');
  const actions = useDocumentActions(() => navigate('documents'));
  const removing = useRemoving('documents.write', document.caseId);
  const mayAudit = usePermission('audit.read');
  const { may: mayWrite } = useWriting('documents.write', document.caseId);
  if (!mayWrite && !mayAudit) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('viewer.actions')}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayWrite && canCancel(document) && (
          <Menu.Item leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={() => actions.cancel([document])}>
            {t('action.cancel')}
          </Menu.Item>
        )}
        {mayWrite && canRetry(document) && (
          <Menu.Item leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => actions.retry([document])}>
            {t('action.retry')}
          </Menu.Item>
        )}
        {mayAudit && (
          <Menu.Item component="a" href={lifeAddress(document.id)} leftSection={<IconTimeline size={16} aria-hidden />}>
            {t('audit:history')}
          </Menu.Item>
        )}
        {mayWrite && (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            disabled={!removing.may}
            title={removing.blocked ?? undefined}
            onClick={() => actions.remove([document])}
          >
            {t('action.remove')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
