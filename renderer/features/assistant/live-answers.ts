import { create } from 'zustand';
import type { ChatEvent, ChatNotice, Message } from '../../../electron/core/contract/index.ts';
import { client } from '../../lib/client.ts';
import { whenSessionEnds } from '../../lib/connection.ts';
import { type Failure, isCancelled, toFailure } from '../../lib/errors.ts';
import { queryClient } from '../../lib/query.ts';
import { conversationKey, refreshConversations, updateMessages } from './queries.ts';

/** An answer on its way. `answerId` is null until core has stored the question. */
export type LiveAnswer = {
  readonly answerId: string | null;
  readonly text: string;
  readonly notices: readonly ChatNotice[];
  readonly controller: AbortController;
};

type Store = {
  readonly live: Readonly<Record<string, LiveAnswer>>;
  /** Why the last question of a conversation was not taken, or its stream broke. */
  readonly failures: Readonly<Record<string, Failure>>;
  /** The answer that ended last, for the announcement. */
  readonly finished: { readonly conversationId: string; readonly answer: Message } | null;
};

/** Answers belong to the page, not to the view: they go on while the person looks at something else. */
export const useLiveAnswers = create<Store>(() => ({ live: {}, failures: {}, finished: null }));

whenSessionEnds(() => {
  for (const { controller } of Object.values(useLiveAnswers.getState().live)) controller.abort();
  useLiveAnswers.setState({ live: {}, failures: {}, finished: null });
});

export function stopAnswer(conversationId: string): void {
  useLiveAnswers.getState().live[conversationId]?.controller.abort();
}

export function dismissFailure(conversationId: string): void {
  useLiveAnswers.setState(({ failures }) => ({ failures: without(failures, conversationId) }));
}

/** Reads the stream of one answer into the store and the shown conversation; `onStarted` runs once core has stored the question. */
export async function streamAnswer(
  conversationId: string,
  open: (signal: AbortSignal) => Promise<AsyncIterable<ChatEvent>>,
  onStarted: () => void,
): Promise<void> {
  const controller = new AbortController();
  dismissFailure(conversationId);
  put(conversationId, { answerId: null, text: '', notices: [], controller });
  const text = new FrameText((more) => change(conversationId, (live) => ({ text: live.text + more })));
  try {
    for await (const event of await open(controller.signal)) {
      if (event.type === 'started') {
        const { question, answer } = event;
        await showStarted(conversationId, question, answer);
        change(conversationId, () => ({ answerId: answer.id }));
        onStarted();
        void refreshConversations();
      } else if (event.type === 'delta') text.add(event.text);
      else if (event.type === 'notice') change(conversationId, (live) => ({ notices: [...live.notices, event.notice] }));
      else {
        updateMessages(conversationId, (messages) => messages.map((each) => (each.id === event.answer.id ? event.answer : each)));
        useLiveAnswers.setState({ finished: { conversationId, answer: event.answer } });
      }
    }
  } catch (error) {
    if (!controller.signal.aborted && !isCancelled(error))
      useLiveAnswers.setState(({ failures }) => ({ failures: { ...failures, [conversationId]: toFailure(error) } }));
  } finally {
    text.flush();
    keepStopped(conversationId);
    useLiveAnswers.setState(({ live }) => ({ live: without(live, conversationId) }));
    if (controller.signal.aborted) await storedByCore(conversationId);
    void refreshConversations(conversationId);
  }
}

/** Shows question and answer. A conversation that has not been read yet is read now: it holds both already. */
async function showStarted(conversationId: string, question: Message, answer: Message): Promise<void> {
  const queryKey = conversationKey(conversationId);
  if (queryClient.getQueryData(queryKey) === undefined) return void queryClient.invalidateQueries({ queryKey });
  // A reading that is under way would bring an older state.
  await queryClient.cancelQueries({ queryKey });
  updateMessages(conversationId, (messages) => [...messages.slice(0, keptBefore(messages, question.id)), question, answer]);
}

/** Waits (two seconds at most) until core has stored how a stopped answer ended, so that no older state is shown in between. */
async function storedByCore(conversationId: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const stored = await client.chat.get({ id: conversationId }).catch(() => null);
    if (stored?.messages.at(-1)?.state !== 'streaming') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Leaving the stream ends it before core says how: what was shown stays until core's own record of it has come. */
function keepStopped(conversationId: string): void {
  const live = useLiveAnswers.getState().live[conversationId];
  if (!live) return;
  updateMessages(conversationId, (messages) =>
    messages.map((each) =>
      each.id === live.answerId && each.state === 'streaming'
        ? { ...each, text: live.text, notices: [...live.notices], state: 'stopped' }
        : each,
    ),
  );
}

/** How many messages stay before a question: all, or those before it when it is asked again. */
function keptBefore(messages: readonly Message[], questionId: string): number {
  const index = messages.findIndex(({ id }) => id === questionId);
  return index === -1 ? messages.length : index;
}

function put(conversationId: string, live: LiveAnswer): void {
  useLiveAnswers.setState((store) => ({ live: { ...store.live, [conversationId]: live } }));
}

function change(conversationId: string, next: (live: LiveAnswer) => Partial<LiveAnswer>): void {
  const live = useLiveAnswers.getState().live[conversationId];
  if (live) put(conversationId, { ...live, ...next(live) });
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));
}

/** Hands text on at most once a frame; a hidden page draws no frames, so it takes a slow clock there. */
class FrameText {
  readonly #take: (text: string) => void;
  #pending = '';

  constructor(take: (text: string) => void) {
    this.#take = take;
  }

  add(text: string): void {
    const waiting = this.#pending !== '';
    this.#pending += text;
    if (waiting) return;
    if (document.hidden) setTimeout(() => this.flush(), 250);
    else requestAnimationFrame(() => this.flush());
  }

  flush(): void {
    const text = this.#pending;
    this.#pending = '';
    if (text !== '') this.#take(text);
  }
}
