import type { Conversation } from '../../../electron/core/contract/index.ts';
import { chosenCaseId, inCase } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';
import { notifyError } from '../../lib/notify.ts';
import { queryClient } from '../../lib/query.ts';
import { navigate } from '../../lib/route.ts';
import { changeDraft, clearDraft, newConversation, useDrafts } from './drafts.ts';
import { streamAnswer } from './live-answers.ts';
import { conversationKey, refreshConversations } from './queries.ts';

const modelChoice = () => {
  const { modelId } = useDrafts.getState();
  return modelId === null ? {} : { modelId };
};

/** Sends the draft of a conversation (a new one is made first). The draft is cleared once core has stored the question. */
export async function sendDraft(key: string): Promise<void> {
  const draft = useDrafts.getState().drafts[key];
  const text = draft?.text.trim() ?? '';
  if (!draft || text === '') return;
  try {
    const conversationId = key === newConversation ? await makeConversation() : key;
    const documentIds = draft.attachments.map(({ id }) => id);
    await streamAnswer(
      conversationId,
      (signal) => client.chat.send({ conversationId, text, documentIds, ...modelChoice() }, { signal }),
      () => clearDraft(conversationId),
    );
  } catch (error) {
    notifyError(error);
  }
}

/** Asks the last question of a conversation again. */
export function askAgain(conversationId: string): Promise<void> {
  return streamAnswer(
    conversationId,
    (signal) => client.chat.regenerate({ conversationId, ...modelChoice() }, { signal }),
    () => undefined,
  );
}

async function makeConversation(): Promise<string> {
  const made = await client.chat.create(inCase(chosenCaseId()));
  const { id } = made;
  queryClient.setQueryData<Conversation>(conversationKey(id), { ...made, messages: [] });
  changeDraft(id, useDrafts.getState().drafts[newConversation] ?? {});
  clearDraft(newConversation);
  await refreshConversations();
  navigate('assistant', [id]);
  return id;
}
