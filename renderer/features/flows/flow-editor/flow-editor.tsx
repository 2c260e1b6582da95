import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCases, useWriting } from '../../../lib/cases.ts';
import { useCommands } from '../../../lib/commands.ts';
import { navigate, useRoute } from '../../../lib/route.ts';
import { usePermission } from '../../../lib/session.ts';
import { useLeaveGuard } from '../../../ui/use-leave-guard.tsx';
import { ActionProvider } from './actions/action-context.tsx';
import { type ActionContext, actionOf } from './actions/editor-actions.ts';
import { keyNames } from './actions/keys.ts';
import { useEditorKeys } from './actions/use-editor-keys.ts';
import { FlowCanvas } from './canvas/flow-canvas.tsx';
import { EditorDialogs } from './dialogs/editor-dialogs.tsx';
import { Dock } from './dock/dock.tsx';
import { RunPanel } from './dock/run-panel.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import classes from './flow-editor.module.css';
import { Inspector } from './inspector/inspector.tsx';
import { Palette } from './palette/palette.tsx';
import { useStartRun } from './run-start/use-start-run.tsx';
import { useSave } from './save/use-save.tsx';
import { dropDraft, keepDraft } from './state/drafts.ts';
import { EditorProvider, useEditorState } from './state/editor-context.tsx';
import { documentOf, type Editor, isDirty } from './state/editor-store.ts';
import { useSides } from './state/sides.ts';
import type { ViewEdge, ViewNode } from './state/view-graph.ts';
import { Toolbar } from './toolbar.tsx';
import { useValidation } from './use-validation.ts';

type Props = { readonly editor: Editor; readonly onReload: () => void };

/** One flow open for editing. */
export function FlowEditor({ editor, onReload }: Props) {
  return (
    <EditorProvider editor={editor}>
      <ReactFlowProvider>
        <Workbench editor={editor} onReload={onReload} />
      </ReactFlowProvider>
    </EditorProvider>
  );
}

function Workbench({ editor, onReload }: Props) {
  const { t } = useTranslation(['flows', 'common']);
  const root = useRef<HTMLDivElement>(null);
  const canvas = useReactFlow<ViewNode, ViewEdge>();
  const caseId = useEditorState((state) => state.caseId);
  const writing = useWriting('flows.write', caseId);
  const canWrite = writing.may;
  // A flow may run on documents of any case in which the person writes.
  const somewhere = useCases().some(({ access, state }) => access !== 'read' && state === 'open');
  const mayRun = usePermission('runs.start') && somewhere;
  const wide = useMediaQuery('(min-width: 1100px)', true, { getInitialValueInEffect: false });
  const flowId = useEditorState((state) => state.flowId);
  const dirty = useEditorState(isDirty);
  const drawer = useEditorState((state) => state.drawer);
  const empty = useEditorState((state) => documentOf(state).nodes.length === 0);
  const sides = useSides();
  const [runId, setRunId] = useRunInAddress(editor, flowId);
  useValidation();

  const { save, saving, dialog: conflictDialog } = useSave(onReload);
  const start = useStartRun(save, setRunId);
  const leaveDialog = useLeaveGuard({
    dirty,
    stays: ({ view, args }) => view === 'flows' && args[0] === flowId,
    save,
    discard: () => editor.markSaved(editor.store.getState().saved.version, documentOf(editor.store.getState())),
  });
  useDraft(editor, flowId);

  const { open: startRun } = start;
  const openStart = useRef(startRun);
  useEffect(() => {
    openStart.current = startRun;
  });
  const context = useMemo<ActionContext>(
    () => ({ editor, canvas, canWrite, canRun: mayRun, save: () => void save(), startRun: () => openStart.current() }),
    [editor, canvas, canWrite, mayRun, save],
  );
  useEditorKeys(root, context);
  useEditorCommands(context);

  return (
    <ActionProvider value={context}>
      <div ref={root} className={classes['editor']}>
        <Toolbar canWrite={canWrite} readOnlyBecause={writing.blocked} saving={saving} canRun={mayRun} />
        <div className={classes['middle']}>
          {wide && canWrite && sides.palette && (
            <aside className={classes['palette']} aria-label={t('palette.title')}>
              <Palette />
            </aside>
          )}
          <div className={classes['stage']}>
            <FlowCanvas canWrite={canWrite} />
            {empty && <EmptyCanvas canWrite={canWrite} />}
          </div>
          {wide && sides.inspector && (
            <aside className={classes['inspector']} aria-label={t('inspector.title')} data-inspector>
              <Inspector readOnly={!canWrite} />
            </aside>
          )}
        </div>
        <Dock run={<RunPanel runId={runId} onRun={setRunId} mayRun={mayRun} />} />
      </div>
      {!wide && (
        <Drawer
          opened={drawer === 'inspector'}
          onClose={() => editor.set({ drawer: null })}
          position="right"
          size="min(380px, 92vw)"
          title={t('inspector.title')}
          closeButtonProps={{ 'aria-label': t('common:close') }}
        >
          <div data-inspector>
            <Inspector readOnly={!canWrite} />
          </div>
        </Drawer>
      )}
      <EditorDialogs />
      {start.dialog}
      {conflictDialog}
      {leaveDialog}
    </ActionProvider>
  );
}

/** The run that is shown is part of the address (`?run=`), so that it can be gone to and come back to. */
function useRunInAddress(editor: Editor, flowId: string): [string | null, (runId: string | null) => void] {
  const { query } = useRoute();
  const runId = query['run'] ?? null;
  useEffect(() => {
    if (runId !== null) editor.set({ panel: 'run' });
  }, [runId, editor]);
  return [runId, (next) => navigate('flows', [flowId], next === null ? {} : { run: next })];
}

/** Keeps unsaved work for the next time this flow is opened, should the editor go away without asking. */
function useDraft(editor: Editor, flowId: string): void {
  useEffect(() => {
    dropDraft(flowId);
    return () => {
      if (isDirty(editor.store.getState())) keepDraft(flowId, editor);
    };
  }, [editor, flowId]);
}

const paletteActions = [
  'save',
  'run',
  'add',
  'connect',
  'arrange',
  'fit',
  'selectAll',
  'problems',
  'runPanel',
  'palette',
  'inspector',
  'keys',
];

/** Offers the editor's main actions in the command palette. */
function useEditorCommands(context: ActionContext): void {
  const { t } = useTranslation('flows');
  useCommands(
    t('editor.commands'),
    useMemo(
      () =>
        paletteActions.map((id) => {
          const action = actionOf(id);
          const [keys] = action.keys;
          return {
            id: `flow:${id}`,
            title: t(`actions.${id}`),
            ...(keys === undefined ? {} : { keys: keyNames(keys) }),
            perform: () => {
              if (action.enabled(context.editor.store.getState(), context)) action.perform(context);
            },
          };
        }),
      [context, t],
    ),
  );
}
