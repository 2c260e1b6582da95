import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../../../electron/core/contract/index.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { askToRemove, askToRename } from './conversation-actions.tsx';

export function ConversationHead({ conversation }: { readonly conversation: ConversationSummary }) {
  const { t } = useTranslation('assistant');
  return (
    <PageHeader title={conversation.title || t('untitled')}>
      <Tooltip label={t('rename')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('rename')} onClick={() => askToRename(conversation)}>
          <IconPencil size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('remove')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('remove')} onClick={() => askToRemove(conversation, true)}>
          <IconTrash size={17} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </PageHeader>
  );
}
