import { useQuery } from '@tanstack/react-query';
import { useChosenCase } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';
import { newConversation } from './drafts.ts';
import { conversationKey } from './queries.ts';

/** The case of a conversation, or where a new one will go; null: the personal case, or not known yet. */
export function useCaseOf(draftKey: string): string | null {
  const chosen = useChosenCase()?.id ?? null;
  const fresh = draftKey === newConversation;
  const { data } = useQuery({
    queryKey: conversationKey(draftKey),
    queryFn: ({ signal }) => client.chat.get({ id: draftKey }, { signal }),
    enabled: !fresh,
  });
  return fresh ? chosen : (data?.caseId ?? null);
}
