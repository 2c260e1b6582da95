import { createContext, type ReactNode, use } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Editor, EditorState } from './editor-store.ts';

const EditorContext = createContext<Editor | null>(null);

export function EditorProvider({ editor, children }: { readonly editor: Editor; readonly children: ReactNode }) {
  return <EditorContext value={editor}>{children}</EditorContext>;
}

/** The editor this component is part of. */
export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error('useEditor is for components inside a flow editor.');
  return editor;
}

/** A part of the editor's state. Select as little as possible: the component is drawn anew whenever it changes. */
export function useEditorState<T>(selector: (state: EditorState) => T): T {
  return useStore(useEditor().store, selector);
}

/** As `useEditorState`, for selectors that make a new object or array each time. */
export function useEditorParts<T>(selector: (state: EditorState) => T): T {
  return useStore(useEditor().store, useShallow(selector));
}
