import { useQuery } from '@tanstack/react-query';
import type { Conversation, Message } from '../../../electron/core/contract/index.ts';
import { inCase, useChosenCase } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';
import { queryClient } from '../../lib/query.ts';

export const conversationsKey = ['chat', 'list'] as const;
export const conversationKey = (id: string) => ['chat', 'conversation', id] as const;

/** The conversations of the chosen case, or of all. */
export function useConversations() {
  const caseId = useChosenCase()?.id ?? null;
  return useQuery({
    queryKey: [...conversationsKey, caseId],
    queryFn: ({ signal }) => client.chat.list(inCase(caseId), { signal }),
  });
}

/** One conversation with its messages; looked at again while an answer is written that this page does not stream. */
export function useConversation(id: string, streamedHere: boolean) {
  return useQuery({
    queryKey: conversationKey(id),
    queryFn: ({ signal }) => client.chat.get({ id }, { signal }),
    refetchInterval: ({ state }) => (!streamedHere && state.data?.messages.at(-1)?.state === 'streaming' ? 2000 : false),
  });
}

export function useModels() {
  return useQuery({
    queryKey: ['models', 'list'],
    queryFn: ({ signal }) => client.models.list(undefined, { signal }),
    refetchInterval: 10_000,
  });
}

/** Changes the messages that are shown, without asking core. */
export function updateMessages(id: string, change: (messages: readonly Message[]) => Message[]): void {
  queryClient.setQueryData<Conversation>(conversationKey(id), (before) => before && { ...before, messages: change(before.messages) });
}

export async function refreshConversations(id?: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: conversationsKey }),
    ...(id === undefined ? [] : [queryClient.invalidateQueries({ queryKey: conversationKey(id) })]),
  ]);
}
