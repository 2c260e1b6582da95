import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../../../electron/core/contract/index.ts';
import { useRemoving, useWriting } from '../../lib/cases.ts';
import { GuardedIcon } from '../../ui/guarded-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { CaseMark } from '../cases/case-mark.tsx';
import { askToRemove, askToRename } from './conversation-actions.tsx';

export function ConversationHead({ conversation }: { readonly conversation: ConversationSummary }) {
  const { t } = useTranslation('assistant');
  const writing = useWriting('chat.use', conversation.caseId);
  const removing = useRemoving('chat.use', conversation.caseId);
  const icon = { variant: 'subtle', color: 'gray' } as const;
  return (
    <PageHeader title={conversation.title || t('untitled')} description={<CaseMark caseId={conversation.caseId} />}>
      <GuardedIcon {...icon} label={t('rename')} blocked={writing.blocked} onClick={() => askToRename(conversation)}>
        <IconPencil size={17} stroke={1.7} />
      </GuardedIcon>
      <GuardedIcon {...icon} label={t('remove')} blocked={removing.blocked} onClick={() => askToRemove(conversation, true)}>
        <IconTrash size={17} stroke={1.7} />
      </GuardedIcon>
    </PageHeader>
  );
}
