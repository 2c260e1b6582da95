import { ActionIcon, Alert, Button, CopyButton, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy, IconFileText, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChatNotice, Message } from '../../../electron/core/contract/index.ts';
import { formatDuration, formatNumber } from '../../lib/format.ts';
import { navigate } from '../../lib/route.ts';
import { Time } from '../../ui/time.tsx';
import { failureText } from './failure-text.ts';
import { Markdown } from './markdown/markdown.tsx';
import { Notices } from './notices.tsx';
import classes from './message.module.css';

type Props = {
  readonly message: Message;
  /** Set on the last answer when it may be asked for again. */
  readonly onRegenerate?: (() => void) | undefined;
};

/** One message. Drawn again only when it changes. */
export const MessageItem = memo(function MessageItem({ message, onRegenerate }: Props) {
  const { t } = useTranslation('assistant');
  const own = message.role === 'user';
  return (
    <article className={classes['message']} data-role={message.role} aria-label={own ? t('you') : (message.model ?? t('answer'))}>
      <header className={classes['head']}>
        <Text component="span" fw={600} fz="sm">
          {own ? t('you') : (message.model ?? t('answer'))}
        </Text>
        {message.modelLabel !== null && (
          <Text component="span" className={classes['label']}>
            {t(`modelLabels.${message.modelLabel}`)}
          </Text>
        )}
        <Text component="span" c="dimmed" fz="xs">
          <Time at={message.createdAt} />
        </Text>
      </header>
      {own ? <div className={classes['plain']}>{message.text}</div> : <AnswerBody message={message} />}
      {message.attachments.length > 0 && <Attachments attachments={message.attachments} />}
      {!own && <AnswerEnd message={message} onRegenerate={onRegenerate} />}
    </article>
  );
});

function Attachments({ attachments }: Pick<Message, 'attachments'>) {
  const { t } = useTranslation('assistant');
  return (
    <ul className={classes['attachments']} aria-label={t('attachments')}>
      {attachments.map(({ documentId, name }) => (
        <li key={documentId}>
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconFileText size={14} stroke={1.7} aria-hidden />}
            onClick={() => navigate('documents', [documentId])}
          >
            {name}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** The notices and the text of an answer, finished or on its way. */
export function AnswerBody({
  message,
}: {
  readonly message: Pick<Message, 'text' | 'format' | 'state'> & { readonly notices: readonly ChatNotice[] };
}) {
  const { t } = useTranslation('assistant');
  return (
    <>
      <Notices notices={message.notices} />
      {message.format === 'plain' ? <pre className={classes['raw']}>{message.text}</pre> : <Markdown text={message.text} />}
      {message.text === '' && message.state === 'complete' && <Text c="dimmed">{t('emptyAnswer')}</Text>}
    </>
  );
}

function AnswerEnd({ message, onRegenerate }: Props) {
  const { t } = useTranslation('assistant');
  const { state, error, tokens, durationMs } = message;
  return (
    <>
      {state === 'stopped' && (
        <Text className={classes['state']}>
          <IconPlayerStop size={14} stroke={1.7} aria-hidden /> {t(message.text === '' ? 'stoppedEmpty' : 'stopped')}
        </Text>
      )}
      {state === 'streaming' && <Text className={classes['state']}>{t('elsewhere')}</Text>}
      {error && (
        <Alert color="red" variant="light" role="alert" p="xs" mt="xs" icon={<IconAlertTriangle size={17} aria-hidden />}>
          {failureText(error)}
        </Alert>
      )}
      <footer className={classes['foot']}>
        {message.text !== '' && <CopyAnswer text={message.text} />}
        {onRegenerate && (
          <Tooltip label={t('regenerateHint')}>
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<IconRefresh size={14} stroke={1.7} aria-hidden />}
              onClick={onRegenerate}
            >
              {t('regenerate')}
            </Button>
          </Tooltip>
        )}
        <Text component="span" c="dimmed" fz="xs">
          {durationMs !== null &&
            (tokens === null
              ? formatDuration(durationMs)
              : t('speed', { tokens: formatNumber(tokens), duration: formatDuration(durationMs) }))}
        </Text>
      </footer>
    </>
  );
}

function CopyAnswer({ text }: { readonly text: string }) {
  const { t } = useTranslation('assistant');
  return (
    <CopyButton value={text} timeout={2000}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('copied') : t('copyAnswer')}>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={copied ? t('copied') : t('copyAnswer')} onClick={copy}>
            {copied ? <IconCheck size={15} stroke={1.7} /> : <IconCopy size={15} stroke={1.7} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
