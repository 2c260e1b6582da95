import { Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../lib/client.ts';
import { whenSessionEnds } from '../../../../lib/connection.ts';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import { isDirty } from '../state/editor-store.ts';
import { DocumentPicker } from './document-picker.tsx';

type Chosen = { readonly caseId: string; readonly documentIds: readonly string[] };

/** What each flow was last run on, to begin with the next time; forgotten with the session. */
const lastChosen = new Map<string, Chosen>();
whenSessionEnds(() => lastChosen.clear());

/** The dialog that starts a run, saving the flow first where it has changed. */
export function useStartRun(save: () => Promise<boolean>, onStarted: (runId: string) => void): { open: () => void; dialog: ReactNode } {
  const { t } = useTranslation(['flows', 'common']);
  const editor = useEditor();
  const queryClient = useQueryClient();
  const flowId = useEditorState((state) => state.flowId);
  const caseId = useEditorState((state) => state.caseId);
  const dirty = useEditorState(isDirty);
  const errors = useEditorState((state) => state.problems.filter((problem) => problem.severity === 'error').length);
  // One key for each time the dialog opens: pressing twice, or again after a lost connection, starts one run.
  const [key, setKey] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: async ({ documentIds }: Chosen) => {
      if (isDirty(editor.store.getState()) && !(await save())) return null;
      return client.runs.start({ flowId, documentIds: [...documentIds], idempotencyKey: key ?? crypto.randomUUID() });
    },
    onSuccess: async (run, chosen) => {
      if (!run) return setKey(null);
      lastChosen.set(flowId, chosen);
      setKey(null);
      editor.set({ panel: 'run' });
      onStarted(run.id);
      await queryClient.invalidateQueries({ queryKey: ['runs', 'list'] });
    },
  });
  const close = (): void => setKey(null);
  return {
    open: () => setKey(crypto.randomUUID()),
    dialog: (
      <Modal
        opened={key !== null}
        onClose={close}
        title={t('picker.title')}
        size="xl"
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <DocumentPicker
          initial={lastChosen.get(flowId)}
          flowCaseId={caseId}
          errors={errors}
          dirty={dirty}
          starting={start.isPending}
          onStart={start.mutate}
          onCancel={close}
        />
      </Modal>
    ),
  };
}
