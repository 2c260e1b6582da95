import { moveBy, GRID } from '../model/flow-model.ts';
import { type Direction, neighbour } from '../model/navigation.ts';
import { toggleSide } from '../state/sides.ts';
import { documentOf, type Editor, type EditorState, isDirty } from '../state/editor-store.ts';
import {
  arrangeNodes,
  type Canvas,
  copiedFragment,
  copySelected,
  duplicateSelected,
  glide,
  goToNode,
  pasteFragment,
  removeSelected,
  reveal,
} from './acts.ts';

export type ActionContext = {
  readonly editor: Editor;
  readonly canvas: Canvas;
  readonly canWrite: boolean;
  readonly canRun: boolean;
  readonly save: () => void;
  readonly startRun: () => void;
};

/** Something a person can do in the editor: shown as button, palette command or key, performed in one place. */
export type EditorAction = {
  /** Also the key of its name under `flows:actions`. */
  readonly id: string;
  readonly keys: readonly string[];
  /** Where its keys work: in text fields too, anywhere but there, or only while the canvas has the keyboard. */
  readonly scope: 'always' | 'editor' | 'canvas';
  /** The browser's own copy, cut and paste events perform it; its keys are only shown. */
  readonly native?: boolean;
  readonly enabled: (state: EditorState, context: ActionContext) => boolean;
  readonly perform: (context: ActionContext) => void;
};

const hasSelection = (state: EditorState): boolean => state.selectedNodes.length > 0;
const hasNodes = (state: EditorState): boolean => state.nodes.length > 0;
const writable = (_state: EditorState, { canWrite }: ActionContext): boolean => canWrite;

const nudges = (
  [
    ['ArrowLeft', -1, 0],
    ['ArrowRight', 1, 0],
    ['ArrowUp', 0, -1],
    ['ArrowDown', 0, 1],
  ] as const
).flatMap(([key, x, y]) =>
  ([1, 5] as const).map((factor): EditorAction => ({
    id: factor === 1 ? 'nudge' : 'nudgeFar',
    keys: [factor === 1 ? key : `shift+${key}`],
    scope: 'canvas',
    enabled: (state, { canWrite }) => canWrite && hasSelection(state),
    perform: ({ editor, canvas }) => {
      const { selectedNodes } = editor.store.getState();
      editor.change({ label: 'move', merge: `nudge:${selectedNodes.join()}` }, (document) =>
        moveBy(document, new Set(selectedNodes), x * factor * GRID, y * factor * GRID),
      );
      if (selectedNodes[0] !== undefined) reveal(canvas, selectedNodes[0]);
    },
  })),
);

const steps = (['left', 'right', 'up', 'down'] as const).map((direction: Direction): EditorAction => ({
  id: 'goTo',
  keys: [`alt+Arrow${direction.charAt(0).toUpperCase()}${direction.slice(1)}`],
  scope: 'canvas',
  enabled: hasNodes,
  perform: ({ editor, canvas }) => {
    const state = editor.store.getState();
    const next = neighbour(documentOf(state), state.selectedNodes.at(-1) ?? '', direction);
    if (next !== null) goToNode(editor, canvas, next);
  },
}));

export const editorActions: readonly EditorAction[] = [
  {
    id: 'save',
    keys: ['mod+s'],
    scope: 'always',
    enabled: (state, context) => context.canWrite && isDirty(state),
    perform: ({ save }) => save(),
  },
  { id: 'run', keys: ['mod+Enter'], scope: 'always', enabled: (_state, { canRun }) => canRun, perform: ({ startRun }) => startRun() },
  {
    id: 'undo',
    keys: ['mod+z'],
    scope: 'editor',
    enabled: (state) => state.history.past.length > 0,
    perform: ({ editor }) => editor.undo(),
  },
  {
    id: 'redo',
    keys: ['mod+shift+z', 'mod+y'],
    scope: 'editor',
    enabled: (state) => state.history.future.length > 0,
    perform: ({ editor }) => editor.redo(),
  },
  { id: 'add', keys: ['a'], scope: 'canvas', enabled: writable, perform: ({ editor }) => editor.set({ dialog: 'add' }) },
  {
    id: 'connect',
    keys: ['c'],
    scope: 'canvas',
    enabled: (state, { canWrite }) => canWrite && state.nodes.length > 1,
    perform: ({ editor }) => editor.set({ dialog: 'connect' }),
  },
  {
    id: 'configure',
    keys: ['Enter', 'F2'],
    scope: 'canvas',
    enabled: hasSelection,
    perform: ({ editor }) => {
      editor.set({ drawer: 'inspector' });
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-inspector] input, [data-inspector] textarea')?.focus());
    },
  },
  { id: 'copy', keys: ['mod+c'], scope: 'editor', native: true, enabled: hasSelection, perform: ({ editor }) => void copySelected(editor) },
  {
    id: 'cut',
    keys: ['mod+x'],
    scope: 'editor',
    native: true,
    enabled: (state, { canWrite }) => canWrite && hasSelection(state),
    perform: ({ editor }) => {
      copySelected(editor);
      removeSelected(editor);
    },
  },
  {
    id: 'paste',
    keys: ['mod+v'],
    scope: 'editor',
    native: true,
    enabled: (_state, { canWrite }) => canWrite && copiedFragment() !== null,
    perform: ({ editor }) => {
      const part = copiedFragment();
      if (part) pasteFragment(editor, part);
    },
  },
  {
    id: 'duplicate',
    keys: ['mod+d'],
    scope: 'editor',
    enabled: (state, { canWrite }) => canWrite && hasSelection(state),
    perform: ({ editor }) => duplicateSelected(editor),
  },
  {
    id: 'remove',
    keys: ['Delete', 'Backspace'],
    scope: 'canvas',
    enabled: (state, { canWrite }) => canWrite && (hasSelection(state) || state.selectedEdges.length > 0),
    perform: ({ editor }) => removeSelected(editor),
  },
  {
    id: 'selectAll',
    keys: ['mod+a'],
    scope: 'editor',
    enabled: hasNodes,
    perform: ({ editor }) => {
      const { nodes, edges } = documentOf(editor.store.getState());
      editor.select(
        nodes.map((node) => node.id),
        edges.map((edge) => edge.id),
      );
    },
  },
  {
    id: 'selectNone',
    keys: ['Escape'],
    scope: 'canvas',
    enabled: (state) => hasSelection(state) || state.selectedEdges.length > 0,
    perform: ({ editor }) => editor.select([]),
  },
  ...nudges,
  ...steps,
  {
    id: 'arrange',
    keys: ['shift+l'],
    scope: 'canvas',
    enabled: (state, { canWrite }) => canWrite && hasNodes(state),
    perform: ({ editor, canvas }) => arrangeNodes(editor, canvas),
  },
  {
    id: 'fit',
    keys: ['f'],
    scope: 'canvas',
    enabled: hasNodes,
    perform: ({ canvas }) => void canvas.fitView({ duration: glide(), maxZoom: 1, padding: 0.15 }),
  },
  {
    id: 'zoomIn',
    keys: ['+', '='],
    scope: 'canvas',
    enabled: () => true,
    perform: ({ canvas }) => void canvas.zoomIn({ duration: glide() }),
  },
  { id: 'zoomOut', keys: ['-'], scope: 'canvas', enabled: () => true, perform: ({ canvas }) => void canvas.zoomOut({ duration: glide() }) },
  {
    id: 'problems',
    keys: ['p'],
    scope: 'canvas',
    enabled: () => true,
    perform: ({ editor }) => editor.set({ panel: editor.store.getState().panel === 'problems' ? null : 'problems' }),
  },
  {
    id: 'runPanel',
    keys: ['r'],
    scope: 'canvas',
    enabled: () => true,
    perform: ({ editor }) => editor.set({ panel: editor.store.getState().panel === 'run' ? null : 'run' }),
  },
  { id: 'palette', keys: ['n'], scope: 'canvas', enabled: () => true, perform: () => toggleSide('palette') },
  { id: 'inspector', keys: ['i'], scope: 'canvas', enabled: () => true, perform: () => toggleSide('inspector') },
  { id: 'keys', keys: ['?'], scope: 'canvas', enabled: () => true, perform: ({ editor }) => editor.set({ dialog: 'keys' }) },
];

/** The action with this id. */
export function actionOf(id: string): EditorAction {
  const action = editorActions.find((candidate) => candidate.id === id);
  if (!action) throw new Error(`There is no editor action "${id}".`);
  return action;
}
