import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../electron/core/contract/index.ts';
import { useWriting } from '../../lib/cases.ts';
import { askAgain } from './ask.ts';
import { useCaseOf } from './use-case-of.ts';
import { useLiveAnswers } from './live-answers.ts';
import { LiveMessage } from './live-message.tsx';
import { MessageItem } from './message-item.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';
import classes from './message.module.css';

/** Messages drawn at first, and more with each step up: a long conversation opens as fast as a short one. */
const step = 30;
const longestAnnouncement = 600;

type Props = { readonly conversationId: string; readonly messages: readonly Message[] };

export function MessageList({ conversationId, messages }: Props) {
  const { t } = useTranslation('assistant');
  const area = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState(() => Math.max(0, messages.length - step));
  const liveId = useLiveAnswers((store) => store.live[conversationId]?.answerId ?? null);
  const busy = useLiveAnswers((store) => conversationId in store.live);
  const { atEnd, toEnd } = useStickToEnd(area, content);
  const { may: mayAsk } = useWriting('chat.use', useCaseOf(conversationId));
  const regenerate = useCallback(() => void askAgain(conversationId), [conversationId]);

  useEffect(() => {
    const sentinel = top.current;
    if (!sentinel || from === 0) return;
    const more = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setFrom((before) => Math.max(0, before - step));
      },
      { root: area.current, rootMargin: '1200px 0px 0px' },
    );
    more.observe(sentinel);
    return () => more.disconnect();
  }, [from]);

  // A question that was just sent is worth seeing, wherever the person was.
  useEffect(() => {
    if (busy) toEnd();
  }, [busy, toEnd]);

  return (
    <div className={classes['frame']}>
      {/* Scrolls, so it takes the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={area} className={classes['area']} tabIndex={0} role="region" aria-label={t('messages')}>
        <div ref={content} className={classes['content']}>
          <div ref={top} />
          {messages
            .slice(from)
            .map((message) =>
              message.id === liveId ? (
                <LiveMessage key={message.id} conversationId={conversationId} answer={message} />
              ) : (
                <MessageItem
                  key={message.id}
                  message={message}
                  onRegenerate={!busy && mayAsk && message.role === 'assistant' && message === messages.at(-1) ? regenerate : undefined}
                />
              ),
            )}
        </div>
      </div>
      {!atEnd && (
        <Tooltip label={t('toEnd')}>
          <ActionIcon className={classes['toEnd']} variant="default" radius="xl" size="lg" aria-label={t('toEnd')} onClick={toEnd}>
            <IconArrowDown size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      )}
      <Announcement conversationId={conversationId} />
    </div>
  );
}

/** Reads a finished answer out, once; nothing while it is being written. */
function Announcement({ conversationId }: { readonly conversationId: string }) {
  const { t } = useTranslation('assistant');
  const finished = useLiveAnswers((store) => (store.finished?.conversationId === conversationId ? store.finished.answer : null));
  const text = finished?.text.slice(0, longestAnnouncement) ?? '';
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {finished && t('announce', { text })}
    </VisuallyHidden>
  );
}
