import '@xyflow/react/dist/style.css';
import { useComputedColorScheme } from '@mantine/core';
import {
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type FinalConnectionState,
  type HandleType,
  MiniMap,
  type OnConnectStartParams,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { addNodeOfType, join, settleDrag } from '../actions/acts.ts';
import { refusal, type PortPlace } from '../model/connections.ts';
import { type Ends, GRID } from '../model/flow-model.ts';
import { useEditor, useEditorState } from '../state/editor-context.tsx';
import { documentOf } from '../state/editor-store.ts';
import type { ViewEdge, ViewNode } from '../state/view-graph.ts';
import classes from './canvas.module.css';
import { dragType } from './drag-type.ts';
import { FlowEdgeLine } from './flow-edge.tsx';
import { FlowNodeCard } from './flow-node.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { useNames } from '../use-names.ts';
import { useSteadyView } from './use-steady-view.ts';

const nodeTypes = { flow: FlowNodeCard };
const edgeTypes = { flow: FlowEdgeLine };
const grid: [number, number] = [GRID, GRID];
/** From this size on only what is visible is drawn; below it everything is, so that Tab reaches every node. */
const drawAllUpTo = 150;
const minimapSize = { width: 160, height: 100 };
const multiSelectionKeys = ['Shift', 'Meta', 'Control'];

const placeOf = (nodeId: string | null, handleId: string | null, type: HandleType | null): PortPlace | null =>
  nodeId === null || handleId === null || type === null
    ? null
    : { node: nodeId, port: handleId, side: type === 'source' ? 'output' : 'input' };

const endsOf = ({ source, sourceHandle, target, targetHandle }: Connection | ViewEdge): Ends => ({
  source,
  sourceHandle: sourceHandle ?? '',
  target,
  targetHandle: targetHandle ?? '',
});

/** The drawing surface: xyflow under our own state, keys and looks. */
export function FlowCanvas({ canWrite }: { readonly canWrite: boolean }) {
  const { t } = useTranslation('flows');
  const editor = useEditor();
  const canvas = useReactFlow<ViewNode, ViewEdge>();
  const scheme = useComputedColorScheme('light');
  const { nodeTitle } = useNames();
  const pane = useRef<HTMLDivElement>(null);
  useSteadyView(pane);
  const drawn = useEditorState((state) => state.nodes);
  const edges = useEditorState((state) => state.edges);

  const isValidConnection = useCallback(
    (connection: Connection | ViewEdge): boolean => {
      const state = editor.store.getState();
      const reason = refusal(documentOf(state), state.catalogue, endsOf(connection));
      if (reason?.code !== state.refused?.refusal.code) editor.refuse(reason);
      return reason === null;
    },
    [editor],
  );
  const onConnectStart = useCallback(
    (_event: unknown, { nodeId, handleId, handleType }: OnConnectStartParams) => editor.link(placeOf(nodeId, handleId, handleType)),
    [editor],
  );
  const onConnectEnd = useCallback(
    (_event: unknown, { toHandle }: FinalConnectionState) => {
      editor.link(null);
      // Let go over empty canvas: nothing was refused.
      if (!toHandle) editor.refuse(null);
    },
    [editor],
  );
  const onDrop = useCallback(
    (event: React.DragEvent) => {
      const type = editor.store.getState().catalogue.get(event.dataTransfer.getData(dragType));
      if (!type || !canWrite) return;
      event.preventDefault();
      addNodeOfType(editor, canvas, type, canvas.screenToFlowPosition({ x: event.clientX - 60, y: event.clientY - 20 }));
    },
    [editor, canvas, canWrite],
  );
  const pressed = useRef(false);
  const onFocus = useCallback(
    (event: React.FocusEvent<HTMLElement>) => {
      // Reached by Tab or by us, not by the mouse, whose clicks select by themselves: the keyboard acts on what it has reached.
      const id = !pressed.current && event.target.matches('.react-flow__node') ? event.target.dataset['id'] : undefined;
      if (id !== undefined && !editor.store.getState().selectedNodes.includes(id)) editor.select([id]);
    },
    [editor],
  );
  const labels = useMemo(
    () => ({
      'controls.ariaLabel': t('canvas.controls'),
      'controls.zoomIn.ariaLabel': t('actions.zoomIn'),
      'controls.zoomOut.ariaLabel': t('actions.zoomOut'),
      'controls.fitView.ariaLabel': t('actions.fit'),
      'controls.interactive.ariaLabel': t('canvas.interactive'),
      'minimap.ariaLabel': t('canvas.minimap'),
      'handle.ariaLabel': t('canvas.port'),
      'node.a11yDescription.keyboardDisabled': t('canvas.nodeHelp'),
      'edge.a11yDescription.default': t('canvas.edgeHelp'),
    }),
    [t],
  );
  const nodes = useMemo(() => drawn.map((node) => labelled(node, nodeTitle(node.data.node, node.data.type))), [drawn, nodeTitle]);

  return (
    <div
      ref={pane}
      className={classes['canvas']}
      onFocus={onFocus}
      onPointerDownCapture={() => {
        pressed.current = true;
        window.addEventListener('pointerup', () => (pressed.current = false), { once: true, capture: true });
      }}
    >
      <ReactFlow<ViewNode, ViewEdge>
        aria-label={t('canvas.label')}
        nodes={nodes}
        edges={edges as ViewEdge[]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={editor.nodesChanged}
        onEdgesChange={editor.edgesChanged}
        onConnect={(connection) => join(editor, endsOf(connection))}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        onClickConnectStart={onConnectStart}
        onClickConnectEnd={() => editor.link(null)}
        isValidConnection={isValidConnection}
        onNodeDragStop={(_event, _node, moved) => settleDrag(editor, moved)}
        onSelectionDragStop={(_event, moved) => settleDrag(editor, moved)}
        onNodeDoubleClick={() => editor.set({ drawer: 'inspector' })}
        onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
        onDrop={onDrop}
        nodesDraggable={canWrite}
        nodesConnectable={canWrite}
        edgesFocusable={false}
        deleteKeyCode={null}
        disableKeyboardA11y
        multiSelectionKeyCode={multiSelectionKeys}
        selectionMode={SelectionMode.Partial}
        snapToGrid
        snapGrid={grid}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.15 }}
        onlyRenderVisibleElements={nodes.length > drawAllUpTo}
        colorMode={scheme}
        ariaLabelConfig={labels}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID} size={1} />
        <Controls showInteractive={false} fitViewOptions={{ maxZoom: 1, padding: 0.15 }} />
        <MiniMap pannable zoomable className={classes['minimap'] ?? ''} nodeBorderRadius={6} style={minimapSize} />
      </ReactFlow>
      <RefusalNote />
    </div>
  );
}

const withLabels = new WeakMap<ViewNode, { label: string; node: ViewNode }>();

/** The node with its name for screen readers; the same object as long as neither changes. */
function labelled(node: ViewNode, label: string): ViewNode {
  const known = withLabels.get(node);
  if (known?.label === label) return known.node;
  const made = { ...node, ariaLabel: label };
  withLabels.set(node, { label, node: made });
  return made;
}
