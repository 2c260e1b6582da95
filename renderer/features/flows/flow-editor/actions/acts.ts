import type { ReactFlowInstance } from '@xyflow/react';
import type { NodeType } from '../../../../../electron/core/contract/flows.ts';
import { compatible, portsOf, refusal } from '../model/connections.ts';
import { addNode, connect, type Ends, place, type Point, remove, snap } from '../model/flow-model.ts';
import { copy, type Fragment, paste } from '../model/fragment.ts';
import { arrange, clearPlace, nodeSize, type Size } from '../model/layout.ts';
import { documentOf, type Editor, type EditorState } from '../state/editor-store.ts';
import type { ViewEdge, ViewNode } from '../state/view-graph.ts';

export type Canvas = ReactFlowInstance<ViewNode, ViewEdge>;

/** Zoom and pan animations, in milliseconds; none for those who asked for less motion. */
export function glide(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160;
}

/** Copied nodes, for pasting by button and across flows; the system clipboard holds them as text too. */
let copied: Fragment | null = null;
export const copiedFragment = (): Fragment | null => copied;

function sizeOf(state: EditorState, id: string): Size {
  const measured = state.nodes.find((node) => node.id === id)?.measured;
  return { width: measured?.width ?? nodeSize.width, height: measured?.height ?? nodeSize.height };
}

/** The middle of what is visible. */
function middle(canvas: Canvas): Point {
  const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!pane) return { x: 0, y: 0 };
  const { x, y } = canvas.screenToFlowPosition({ x: pane.x + pane.width / 2, y: pane.y + pane.height / 2 });
  return { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 };
}

/** Adds a node where the person put it; else after the one selected node, joined with it where the ports fit; else in the middle. */
export function addNodeOfType({ store, change }: Editor, canvas: Canvas, type: NodeType, at?: Point): string {
  const state = store.getState();
  const [only, ...more] = state.selectedNodes;
  const before = at || more.length > 0 ? undefined : documentOf(state).nodes.find((node) => node.id === only);
  const beside = before && { x: before.position.x + sizeOf(state, before.id).width + 80, y: before.position.y };
  const added = addNode(documentOf(state), type, at ?? clearPlace(documentOf(state), beside ?? middle(canvas)));
  const ends = before && firstFit(state, before.id, added.id, type);
  change({ label: 'add' }, () => (ends ? connect(added.document, ends) : added.document), [added.id]);
  return added.id;
}

function firstFit(state: EditorState, from: string, to: string, type: NodeType): Ends | null {
  const source = documentOf(state).nodes.find((node) => node.id === from);
  if (!source) return null;
  for (const output of portsOf(documentOf(state), state.catalogue, source).outputs) {
    const input = type.inputs.find((candidate) => compatible(output.type, candidate.type));
    if (input) return { source: from, sourceHandle: output.name, target: to, targetHandle: input.name };
  }
  return null;
}

/** Joins two ports, or says why not. */
export function join(editor: Editor, ends: Ends): boolean {
  const state = editor.store.getState();
  const reason = refusal(documentOf(state), state.catalogue, ends);
  editor.refuse(reason);
  if (!reason) editor.change({ label: 'connect' }, (document) => connect(document, ends));
  return !reason;
}

export function removeSelected({ store, change }: Editor): void {
  const { selectedNodes, selectedEdges } = store.getState();
  const label = selectedNodes.length > 0 ? 'remove' : 'disconnect';
  change({ label }, (document) => remove(document, new Set(selectedNodes), new Set(selectedEdges)), []);
}

export function copySelected({ store }: Editor): Fragment | null {
  const state = store.getState();
  copied = copy(documentOf(state), new Set(state.selectedNodes)) ?? copied;
  return copied;
}

export function pasteFragment({ store, change }: Editor, part: Fragment, label = 'paste'): void {
  const pasted = paste(documentOf(store.getState()), part);
  change({ label }, () => pasted.document, pasted.ids);
}

export function duplicateSelected(editor: Editor): void {
  const state = editor.store.getState();
  const part = copy(documentOf(state), new Set(state.selectedNodes));
  if (part) pasteFragment(editor, part, 'duplicate');
}

/** Lays out the selected nodes, or all of them, and shows the result. */
export function arrangeNodes({ store, change }: Editor, canvas: Canvas): void {
  const state = store.getState();
  const sizes = new Map(state.nodes.map((node) => [node.id, sizeOf(state, node.id)]));
  const only = state.selectedNodes.length > 1 ? new Set(state.selectedNodes) : undefined;
  change({ label: 'arrange' }, (document) => place(document, arrange(document, sizes, only)));
  requestAnimationFrame(() => void canvas.fitView({ duration: glide(), maxZoom: 1, padding: 0.15 }));
}

/** Takes over the places of a drag that ended. */
export function settleDrag({ change }: Editor, moved: readonly ViewNode[]): void {
  if (moved.length === 0) return;
  const places = new Map(moved.map((node) => [node.id, snap(node.position)]));
  change({ label: 'move' }, (document) => place(document, places));
}

/** Selects a node, brings it into view and gives it the keyboard. */
export function goToNode(editor: Editor, canvas: Canvas, id: string): void {
  editor.select([id]);
  // Twice: a new node is drawn only after the state has gone through React.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      reveal(canvas, id);
      document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
    }),
  );
}

/** Moves the view if the node is not wholly visible. */
export function reveal(canvas: Canvas, id: string): void {
  const node = canvas.getInternalNode(id);
  const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
  if (!node || !pane) return;
  const { width = nodeSize.width, height = nodeSize.height } = node.measured;
  const { x, y } = node.internals.positionAbsolute;
  const from = canvas.flowToScreenPosition({ x, y });
  const to = canvas.flowToScreenPosition({ x: x + width, y: y + height });
  if (from.x >= pane.left && from.y >= pane.top && to.x <= pane.right && to.y <= pane.bottom) return;
  void canvas.setCenter(x + width / 2, y + height / 2, { zoom: canvas.getZoom(), duration: glide() });
}
