import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../../../electron/core/contract/index.ts';
import { useRemoving, useWriting } from '../../lib/cases.ts';
import { formatTime } from '../../lib/format.ts';
import { formatHash, navigate } from '../../lib/route.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { askToRemove, askToRename } from './conversation-actions.tsx';
import { useLiveAnswers } from './live-answers.ts';
import { useConversations } from './queries.ts';
import classes from './assistant.module.css';

export function ConversationList({ current }: { readonly current: string | null }) {
  const { t } = useTranslation('assistant');
  const { data, error, refetch } = useConversations();
  return (
    <nav className={classes['list']} aria-label={t('conversations')}>
      <Button variant="default" fullWidth leftSection={<IconPlus size={16} aria-hidden />} onClick={() => navigate('assistant')}>
        {t('new')}
      </Button>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data && <Loading lines={5} />}
      {data?.length === 0 && (
        <Text c="dimmed" fz="xs" p="xs">
          {t('noConversations')}
        </Text>
      )}
      <ul className={classes['rows']}>
        {data?.map((conversation) => (
          <Row key={conversation.id} conversation={conversation} current={conversation.id === current} />
        ))}
      </ul>
    </nav>
  );
}

function Row({ conversation, current }: { readonly conversation: ConversationSummary; readonly current: boolean }) {
  const { t } = useTranslation('assistant');
  const writing = useLiveAnswers((store) => conversation.id in store.live);
  const title = conversation.title === '' ? t('untitled') : conversation.title;
  const changing = useWriting('chat.use', conversation.caseId);
  const removing = useRemoving('chat.use', conversation.caseId);
  return (
    <li className={classes['row']} data-current={current || undefined}>
      <a href={formatHash('assistant', [conversation.id])} aria-current={current ? 'page' : undefined} className={classes['rowLink']}>
        <span className={classes['rowTitle']}>{title}</span>
        <span className={classes['rowTime']}>{writing ? t('writing') : formatTime(conversation.updatedAt)}</span>
      </a>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon className={classes['rowMenu']} variant="subtle" color="gray" size="sm" aria-label={t('actionsFor', { title })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil size={16} stroke={1.7} aria-hidden />}
            disabled={!changing.may}
            title={changing.blocked ?? undefined}
            onClick={() => askToRename(conversation)}
          >
            {t('rename')}
          </Menu.Item>
          <Menu.Item
            color="red"
            disabled={!removing.may}
            title={removing.blocked ?? undefined}
            leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />}
            onClick={() => askToRemove(conversation, current)}
          >
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
