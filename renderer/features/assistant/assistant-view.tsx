import { IconMessageCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCases, useChosenCase, useWriting } from '../../lib/cases.ts';
import { useDropTarget } from '../../lib/drop-target.ts';
import { codeOf } from '../../lib/errors.ts';
import { notifyError, notifyRefused } from '../../lib/notify.ts';
import { navigate, useRoute } from '../../lib/route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { CaseName } from '../cases/case-mark.tsx';
import { Composer } from './composer.tsx';
import { ConversationHead } from './conversation-head.tsx';
import { ConversationList } from './conversation-list.tsx';
import { importAndAttach, newConversation } from './drafts.ts';
import { useLiveAnswers } from './live-answers.ts';
import { MessageList } from './message-list.tsx';
import { ModelBanner } from './model-banner.tsx';
import { useConversation } from './queries.ts';
import { useCaseOf } from './use-case-of.ts';
import { useAssistantKeys } from './use-assistant-keys.ts';
import classes from './assistant.module.css';

/** Conversations on the left, one of them (or a new one) on the right: `#/assistant/<id>`. */
export function AssistantView() {
  const { args } = useRoute();
  const id = args[0] ?? null;
  const draftKey = id ?? newConversation;
  const caseId = useCaseOf(draftKey);
  const importing = useWriting('documents.write', caseId);
  const { may: mayAsk } = useWriting('chat.use', caseId);
  useAssistantKeys(id, mayAsk);
  const takeFiles = (files: readonly File[]): void => {
    if (importing.blocked !== null) return notifyRefused(importing.blocked);
    importAndAttach(draftKey, files, caseId).catch(notifyError);
  };
  useDropTarget(takeFiles, importing.allowed);
  return (
    <div className={classes['view']}>
      <ConversationList current={id} />
      <section className={classes['pane']}>
        {id === null ? <NewConversation /> : <OpenConversation key={id} id={id} />}
        <ModelBanner />
        <Composer key={`composer ${draftKey}`} draftKey={draftKey} />
      </section>
    </div>
  );
}

function NewConversation() {
  const { t } = useTranslation('assistant');
  return (
    <>
      <PageHeader title={t('new')} description={<NewIn />} />
      <EmptyState icon={IconMessageCircle} title={t('newTitle')}>
        {t('newText')}
      </EmptyState>
    </>
  );
}

/** The case a new conversation goes to. */
function NewIn() {
  const cases = useCases();
  const chosen = useChosenCase() ?? cases.find(({ personal }) => personal);
  return chosen ? <CaseName of={chosen} /> : ' ';
}

function OpenConversation({ id }: { readonly id: string }) {
  const streamedHere = useLiveAnswers((store) => id in store.live);
  const { data, error, refetch } = useConversation(id, streamedHere);
  const gone = error !== null && ['chat/not-found', 'request/not-found'].includes(codeOf(error));
  useEffect(() => {
    if (gone) navigate('assistant');
  }, [gone]);
  if (data)
    return (
      <>
        <ConversationHead conversation={data} />
        <MessageList conversationId={id} messages={data.messages} />
      </>
    );
  return <div className={classes['waiting']}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />}</div>;
}
