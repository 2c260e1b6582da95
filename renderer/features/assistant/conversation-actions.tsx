import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { closeAllModals, modals } from '@mantine/modals';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';
import { i18n } from '../../lib/i18n.ts';
import { notifyError } from '../../lib/notify.ts';
import { queryClient } from '../../lib/query.ts';
import { navigate } from '../../lib/route.ts';
import { FormError } from '../../ui/form-error.tsx';
import { stopAnswer } from './live-answers.ts';
import { conversationKey, refreshConversations } from './queries.ts';

type Named = Pick<ConversationSummary, 'id' | 'title' | 'messageCount'>;

export function askToRename(conversation: Named): void {
  modals.open({ title: i18n.t('assistant:rename'), children: <RenameForm conversation={conversation} /> });
}

function RenameForm({ conversation }: { readonly conversation: Named }) {
  const { t } = useTranslation('assistant');
  const [title, setTitle] = useState(conversation.title);
  const rename = useMutation({
    mutationFn: () => client.chat.rename({ id: conversation.id, title: title.trim() }),
    meta: { quiet: true },
    onSuccess: async () => {
      closeAllModals();
      await refreshConversations(conversation.id);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() !== '') rename.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={t('titleLabel')}
          maxLength={120}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <FormError error={rename.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={() => closeAllModals()}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={title.trim() === ''} loading={rename.isPending}>
            {t('rename')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Asks first: messages are gone for good. Documents that were attached stay. */
export function askToRemove(conversation: Named, current: boolean): void {
  const { id, title, messageCount } = conversation;
  modals.openConfirmModal({
    title: i18n.t('assistant:removeTitle'),
    children: <Text fz="sm">{i18n.t('assistant:removeText', { title: title || i18n.t('assistant:untitled'), count: messageCount })}</Text>,
    labels: { confirm: i18n.t('assistant:remove'), cancel: i18n.t('common:cancel') },
    confirmProps: { color: 'red' },
    onConfirm: () => void remove(id, current),
  });
}

async function remove(id: string, current: boolean): Promise<void> {
  stopAnswer(id);
  try {
    await client.chat.remove({ id });
    if (current) navigate('assistant');
    queryClient.removeQueries({ queryKey: conversationKey(id) });
  } catch (error) {
    notifyError(error);
  }
  await refreshConversations();
}
