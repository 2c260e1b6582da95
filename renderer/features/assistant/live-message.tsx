import { Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../electron/core/contract/index.ts';
import { useLiveAnswers } from './live-answers.ts';
import { AnswerBody } from './message-item.tsx';
import classes from './message.module.css';

/** The answer that is being written: the only part of the conversation that is drawn again with each frame. */
export function LiveMessage({ conversationId, answer }: { readonly conversationId: string; readonly answer: Message }) {
  const { t } = useTranslation('assistant');
  const live = useLiveAnswers((store) => store.live[conversationId]);
  const text = live?.text ?? answer.text;
  return (
    <article className={classes['message']} data-role="assistant" aria-label={answer.model ?? t('answer')} aria-busy>
      <header className={classes['head']}>
        <Text component="span" fw={600} fz="sm">
          {answer.model ?? t('answer')}
        </Text>
        {answer.modelLabel !== null && (
          <Text component="span" className={classes['label']}>
            {t(`modelLabels.${answer.modelLabel}`)}
          </Text>
        )}
      </header>
      <AnswerBody message={{ text, format: answer.format, notices: live?.notices ?? [], state: 'streaming' }} />
      <Text className={classes['state']}>
        <Loader size={12} aria-hidden /> {text === '' ? t('thinking') : t('writing')}
      </Text>
    </article>
  );
}
