import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowDocument } from '../../../../../electron/core/contract/flows.ts';
import { client } from '../../../../lib/client.ts';
import { codeOf } from '../../../../lib/errors.ts';
import { notifyDone, notifyError } from '../../../../lib/notify.ts';
import { navigate } from '../../../../lib/route.ts';
import { useEditor } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';

type Saving = { readonly save: () => Promise<boolean>; readonly saving: boolean; readonly dialog: ReactNode };

/** Saving the open flow; `save` tells whether core has it now. A conflict asks what to do, and loses nothing. */
export function useSave(onReload: () => void): Saving {
  const { t } = useTranslation(['flows', 'common']);
  const editor = useEditor();
  const queryClient = useQueryClient();
  const [saving, setSaving] = useState(false);
  const [conflict, setConflict] = useState(false);
  const running = useRef<Promise<boolean> | null>(null);

  const send = useCallback(
    async (version: number): Promise<boolean> => {
      const state = editor.store.getState();
      const document = documentOf(state);
      if (document.name.trim() === '') {
        editor.select([]);
        editor.set({ drawer: 'inspector' });
        notifyError(new Error(t('save.noName')));
        return false;
      }
      setSaving(true);
      try {
        const flow = await client.flows.save({ id: state.flowId, version, document });
        editor.markSaved(flow.version, document);
        setConflict(false);
        await queryClient.invalidateQueries({ queryKey: ['flows', 'list'] });
        await queryClient.invalidateQueries({ queryKey: ['flows', 'get', state.flowId] });
        return true;
      } catch (error) {
        if (codeOf(error) === 'flows/conflict') setConflict(true);
        else notifyError(error);
        return false;
      } finally {
        setSaving(false);
      }
    },
    [editor, queryClient, t],
  );

  /** One save at a time: a second press waits for the first. */
  const save = useCallback((): Promise<boolean> => {
    running.current ??= send(editor.store.getState().saved.version).finally(() => {
      running.current = null;
    });
    return running.current;
  }, [send, editor]);

  const overwrite = async (): Promise<void> => {
    try {
      const newest = await client.flows.get({ id: editor.store.getState().flowId });
      if (await send(newest.version)) notifyDone(t('save.done'));
    } catch (error) {
      notifyError(error);
    }
  };
  const saveCopy = async (): Promise<void> => {
    const document = documentOf(editor.store.getState());
    try {
      const copy: FlowDocument = { ...document, name: t('save.copyName', { name: document.name }).slice(0, 120) };
      const flow = await client.flows.create({ caseId: editor.store.getState().caseId, document: copy });
      // What was on the canvas lives on in the copy, so nothing is unsaved here any more.
      editor.markSaved(editor.store.getState().saved.version, document);
      setConflict(false);
      await queryClient.invalidateQueries({ queryKey: ['flows', 'list'] });
      navigate('flows', [flow.id]);
    } catch (error) {
      notifyError(error);
    }
  };

  const dialog = (
    <Modal
      opened={conflict}
      onClose={() => setConflict(false)}
      title={t('conflict.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="sm">
        <Alert color="yellow" p="xs">
          {t('conflict.what')}
        </Alert>
        <Text fz="sm">{t('conflict.choices')}</Text>
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={() => setConflict(false)}>
            {t('conflict.later')}
          </Button>
          <Button
            variant="default"
            color="red"
            onClick={() => {
              setConflict(false);
              onReload();
            }}
          >
            {t('conflict.reload')}
          </Button>
          <Button variant="default" loading={saving} onClick={() => void overwrite()}>
            {t('conflict.overwrite')}
          </Button>
          <Button onClick={() => void saveCopy()}>{t('conflict.copy')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
  return { save, saving, dialog };
}
