import { ActionIcon, Alert, Button, FileButton, Loader, Menu, Textarea, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconFileText,
  IconFolderOpen,
  IconLock,
  IconPaperclip,
  IconPlayerStopFilled,
  IconSend2,
  IconUpload,
  IconX,
} from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCase, useWriting } from '../../lib/cases.ts';
import { client } from '../../lib/client.ts';
import { notifyError } from '../../lib/notify.ts';
import { sendDraft } from './ask.ts';
import { AttachPicker } from './attach-picker.tsx';
import { type DraftAttachment, changeDraft, detach, importAndAttach, useDraft } from './drafts.ts';
import { failureText } from './failure-text.ts';
import { dismissFailure, stopAnswer, useLiveAnswers } from './live-answers.ts';
import { ModelPicker } from './model-picker.tsx';
import { useCaseOf } from './use-case-of.ts';
import { useChosenModel } from './use-chosen-model.ts';
import classes from './composer.module.css';

type Props = { readonly draftKey: string };

/** Where a question is written: Enter sends, Shift + Enter breaks the line, Escape stops the answer. */
export function Composer({ draftKey }: Props) {
  const { t } = useTranslation('assistant');
  const input = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(draftKey);
  const live = useLiveAnswers((store) => store.live[draftKey]);
  const failure = useLiveAnswers((store) => store.failures[draftKey]);
  const { chosen, none } = useChosenModel();
  const states = useAttachmentStates(draft.attachments);
  const reading = states.some((state) => state === 'queued' || state === 'reading');
  const caseId = useCaseOf(draftKey);
  const { blocked } = useWriting('chat.use', caseId);
  const ready = draft.text.trim() !== '' && !live && !none && !reading && blocked === null;

  useEffect(() => input.current?.focus(), []);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes, Enter accepts its suggestion (229 is what Safari and old Chromium report then).
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (ready) void sendDraft(draftKey);
  };

  return (
    <div className={classes['composer']}>
      {failure && (
        <Alert
          color="red"
          variant="light"
          role="alert"
          p="xs"
          icon={<IconAlertTriangle size={17} aria-hidden />}
          withCloseButton
          closeButtonLabel={t('dismiss')}
          onClose={() => dismissFailure(draftKey)}
        >
          {failureText(failure)}
        </Alert>
      )}
      {blocked !== null && (
        <Alert color="gray" p="xs" role="status" icon={<IconLock size={16} aria-hidden />}>
          {t('blocked', { reason: blocked })}
        </Alert>
      )}
      <div className={classes['box']}>
        <Textarea
          ref={input}
          variant="unstyled"
          autosize
          minRows={2}
          maxRows={12}
          aria-label={t('question')}
          placeholder={blocked !== null ? '' : chosen?.label === 'demonstration' ? t('placeholderDemonstration') : t('placeholder')}
          maxLength={100_000}
          disabled={blocked !== null}
          styles={{ input: { background: 'transparent' } }}
          value={draft.text}
          onChange={(event) => changeDraft(draftKey, { text: event.currentTarget.value })}
          onKeyDown={onKeyDown}
        />
        {draft.attachments.length > 0 && (
          <ul className={classes['chips']} aria-label={t('attachments')}>
            {draft.attachments.map((attachment, index) => (
              <Chip key={attachment.id} attachment={attachment} state={states[index]} onRemove={() => detach(draftKey, attachment.id)} />
            ))}
          </ul>
        )}
        <div className={classes['bar']}>
          <AttachMenu draftKey={draftKey} caseId={caseId} disabled={blocked !== null} />
          <ModelPicker />
          <span className={classes['hint']} data-important={reading || undefined}>
            {blocked !== null ? '' : reading ? t('stillReading') : t('keys')}
          </span>
          {live ? (
            <Tooltip label={t('stopHint')}>
              <Button
                flex="none"
                variant="default"
                leftSection={<IconPlayerStopFilled size={14} aria-hidden />}
                onClick={() => stopAnswer(draftKey)}
                aria-keyshortcuts="Escape"
              >
                {t('stop')}
              </Button>
            </Tooltip>
          ) : (
            <Button
              leftSection={<IconSend2 size={16} stroke={1.7} aria-hidden />}
              disabled={!ready}
              onClick={() => void sendDraft(draftKey)}
            >
              {t('send')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Reading states of attached documents, followed until each has ended; undefined while unknown. */
function useAttachmentStates(attachments: readonly DraftAttachment[]) {
  return useQueries({
    queries: attachments.map(({ id }) => ({
      queryKey: ['documents', 'get', id],
      queryFn: () => client.documents.get({ id }),
      refetchInterval: ({ state }: { state: { data?: { status: string } | undefined } }) =>
        state.data?.status === 'queued' || state.data?.status === 'reading' ? 700 : (false as const),
    })),
  }).map(({ data }) => data?.status);
}

function Chip({
  attachment,
  state,
  onRemove,
}: {
  readonly attachment: DraftAttachment;
  readonly state: string | undefined;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation('assistant');
  const reading = state === 'queued' || state === 'reading';
  const failed = state === 'failed' || state === 'cancelled';
  return (
    <li className={classes['chip']} data-failed={failed || undefined}>
      {reading ? <Loader size={12} aria-label={t('readingDocument')} /> : <IconFileText size={14} stroke={1.7} aria-hidden />}
      <span className={classes['chipName']}>{attachment.name}</span>
      {failed && <span>· {t('unreadable')}</span>}
      <ActionIcon variant="subtle" color="gray" size="xs" aria-label={t('detach', { name: attachment.name })} onClick={onRemove}>
        <IconX size={12} />
      </ActionIcon>
    </li>
  );
}

type AttachProps = Props & { readonly caseId: string | null; readonly disabled: boolean };

function AttachMenu({ draftKey, caseId, disabled }: AttachProps) {
  const { t } = useTranslation('assistant');
  const [picking, setPicking] = useState(false);
  const [importing, setImporting] = useState(false);
  const { may: mayImport } = useWriting('documents.write', caseId);
  // Into a shared case no other case's content is carried; in the personal one a person may ask about all of theirs.
  const personal = useCase(caseId)?.personal ?? true;
  const take = async (files: File[]): Promise<void> => {
    setImporting(true);
    await importAndAttach(draftKey, files, caseId).catch(notifyError);
    setImporting(false);
  };
  return (
    <>
      <FileButton multiple onChange={(files) => void take(files)}>
        {({ onClick }) => (
          <Menu position="top-start">
            <Menu.Target>
              <Tooltip label={t('attach')}>
                <ActionIcon variant="subtle" color="gray" size="lg" loading={importing} disabled={disabled} aria-label={t('attach')}>
                  <IconPaperclip size={18} stroke={1.7} />
                </ActionIcon>
              </Tooltip>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconFolderOpen size={16} stroke={1.7} aria-hidden />} onClick={() => setPicking(true)}>
                {t('attachFromVault')}
              </Menu.Item>
              {mayImport && (
                <Menu.Item leftSection={<IconUpload size={16} stroke={1.7} aria-hidden />} onClick={onClick}>
                  {t('attachFile')}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </FileButton>
      <AttachPicker draftKey={draftKey} caseId={personal ? null : caseId} opened={picking} onClose={() => setPicking(false)} />
    </>
  );
}
