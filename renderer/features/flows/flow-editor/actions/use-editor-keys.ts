import { useEffect, useEffectEvent } from 'react';
import { parseFragment } from '../model/fragment.ts';
import { copySelected, pasteFragment, removeSelected } from './acts.ts';
import { type ActionContext, type EditorAction, editorActions } from './editor-actions.ts';
import { matches } from './keys.ts';

type Place = 'field' | 'canvas' | 'editor' | 'elsewhere';

/** Where a key was pressed. Dialogs and menus lie outside the editor's element and keep their own keys. */
function placeOf(target: EventTarget | null, root: HTMLElement): Place {
  if (!(target instanceof HTMLElement) || target === document.body)
    return document.querySelector('[role="dialog"]') ? 'elsewhere' : 'canvas';
  if (!root.contains(target)) return target.contains(root) ? 'canvas' : 'elsewhere';
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return 'field';
  return target.closest('.react-flow') && !target.closest('button, a') ? 'canvas' : 'editor';
}

const reaches = (action: EditorAction, place: Place): boolean =>
  place !== 'elsewhere' && (action.scope === 'always' || (action.scope === 'editor' && place !== 'field') || place === 'canvas');

/** Performs the editor's actions by key, and copies, cuts and pastes through the browser's own clipboard events. */
export function useEditorKeys(root: React.RefObject<HTMLElement | null>, context: ActionContext): void {
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (!root.current || event.defaultPrevented) return;
    const place = placeOf(event.target, root.current);
    const action = editorActions.find(
      (candidate) => !candidate.native && reaches(candidate, place) && candidate.keys.some((keys) => matches(keys, event)),
    );
    if (!action) return;
    // Also where there is nothing to do: Ctrl+S must not open the browser's own dialog.
    event.preventDefault();
    if (action.enabled(context.editor.store.getState(), context)) action.perform(context);
  });

  const onClipboard = useEffectEvent((event: ClipboardEvent): void => {
    if (!root.current || !event.clipboardData) return;
    const place = placeOf(event.target, root.current);
    if (place === 'field' || place === 'elsewhere' || (getSelection()?.toString() ?? '') !== '') return;
    const { editor, canWrite } = context;
    if (event.type === 'paste') {
      const part = parseFragment(event.clipboardData.getData('text/plain'));
      if (!part || !canWrite) return;
      pasteFragment(editor, part);
    } else {
      if (editor.store.getState().selectedNodes.length === 0) return;
      event.clipboardData.setData('text/plain', JSON.stringify(copySelected(editor)));
      if (event.type === 'cut' && canWrite) removeSelected(editor);
    }
    event.preventDefault();
  });

  useEffect(() => {
    const clipboardEvents = ['copy', 'cut', 'paste'] as const;
    window.addEventListener('keydown', onKey);
    for (const type of clipboardEvents) document.addEventListener(type, onClipboard);
    return () => {
      window.removeEventListener('keydown', onKey);
      for (const type of clipboardEvents) document.removeEventListener(type, onClipboard);
    };
  }, []);
}
