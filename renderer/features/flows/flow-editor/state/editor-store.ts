import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { createStore, type StoreApi } from 'zustand';
import type { Flow, FlowDocument, FlowProblem, NodeType } from '../../../../../electron/core/contract/flows.ts';
import type { NodeProgress } from '../../../runs/model/live-run.ts';
import { partners, type PortPlace, type Refusal } from '../model/connections.ts';
import type { Catalogue } from '../model/flow-model.ts';
import { type Act, commit, type History, redo, seal, startHistory, undo } from '../model/history.ts';
import { type ViewEdge, viewEdges, type ViewNode, viewNodes } from './view-graph.ts';

export type Panel = 'problems' | 'run';
export type Dialog = 'add' | 'connect' | 'keys' | null;

export type EditorState = {
  readonly flowId: string;
  readonly caseId: string;
  readonly catalogue: Catalogue;
  readonly history: History<FlowDocument>;
  /** The newest version that core has. */
  readonly saved: { readonly version: number; readonly document: FlowDocument };
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
  readonly selectedNodes: readonly string[];
  readonly selectedEdges: readonly string[];
  /** A connection being drawn, with the keys of the ports it may end at. */
  readonly linking: { readonly from: PortPlace; readonly partners: ReadonlySet<string> } | null;
  /** Why the last connection was refused; `at` tells two alike apart. */
  readonly refused: { readonly refusal: Refusal; readonly at: number } | null;
  readonly problems: readonly FlowProblem[];
  readonly problemsByNode: ReadonlyMap<string, readonly FlowProblem[]>;
  /** Live states by node id, of the run that the run panel shows. */
  readonly progress: ReadonlyMap<string, NodeProgress>;
  readonly panel: Panel | null;
  readonly dialog: Dialog;
  /** On a narrow window the settings are a drawer. */
  readonly drawer: 'inspector' | null;
};

export type Editor = {
  readonly store: StoreApi<EditorState>;
  /** Changes the document as one step of the history. `select` then selects these nodes. */
  change(act: Act, change: (document: FlowDocument) => FlowDocument, select?: readonly string[]): void;
  undo(): void;
  redo(): void;
  /** The next change is a step of its own, also if it could join the last. */
  seal(): void;
  select(nodes: readonly string[], edges?: readonly string[]): void;
  nodesChanged(changes: NodeChange<ViewNode>[]): void;
  edgesChanged(changes: EdgeChange<ViewEdge>[]): void;
  link(from: PortPlace | null): void;
  refuse(refusal: Refusal | null): void;
  /** Core has `document` as this version now. What was changed meanwhile stays unsaved. */
  markSaved(version: number, document: FlowDocument): void;
  setProblems(problems: readonly FlowProblem[]): void;
  set(part: Partial<Pick<EditorState, 'progress' | 'panel' | 'dialog' | 'drawer'>>): void;
};

export const documentOf = (state: EditorState): FlowDocument => state.history.present;
export const isDirty = (state: EditorState): boolean => state.history.present !== state.saved.document;

/** The state of one open flow: a thin shell around the pure functions in `model/`. */
export function createEditor(flow: Flow, nodeTypes: readonly NodeType[]): Editor {
  const catalogue: Catalogue = new Map(nodeTypes.map((type) => [type.type, type]));
  const store = createStore<EditorState>(() => ({
    flowId: flow.id,
    caseId: flow.caseId,
    catalogue,
    history: startHistory(flow.document),
    saved: { version: flow.version, document: flow.document },
    nodes: viewNodes(flow.document, catalogue, [], new Set()),
    edges: viewEdges(flow.document, catalogue, [], new Set()),
    selectedNodes: [],
    selectedEdges: [],
    linking: null,
    refused: null,
    problems: [],
    problemsByNode: new Map(),
    progress: new Map(),
    panel: null,
    dialog: null,
    drawer: null,
  }));

  const show = (history: History<FlowDocument>, nodes: readonly string[], edges: readonly string[]): void =>
    store.setState((state) => {
      const document = history.present;
      const drawnNodes = viewNodes(document, catalogue, state.nodes, new Set(nodes));
      const drawnEdges = viewEdges(document, catalogue, state.edges, new Set(edges));
      return {
        history,
        nodes: drawnNodes,
        edges: drawnEdges,
        selectedNodes: stable(
          state.selectedNodes,
          drawnNodes.filter((node) => node.selected).map((node) => node.id),
        ),
        selectedEdges: stable(
          state.selectedEdges,
          drawnEdges.filter((edge) => edge.selected).map((edge) => edge.id),
        ),
      };
    });
  const showHistory = (history: History<FlowDocument>): void => {
    const { selectedNodes, selectedEdges } = store.getState();
    show(history, selectedNodes, selectedEdges);
  };

  return {
    store,
    change: (act, change, select) => {
      const { history, selectedNodes, selectedEdges } = store.getState();
      show(commit(history, act, change(history.present)), select ?? selectedNodes, select ? [] : selectedEdges);
    },
    undo: () => showHistory(undo(store.getState().history)),
    redo: () => showHistory(redo(store.getState().history)),
    seal: () => store.setState((state) => ({ history: seal(state.history) })),
    select: (nodes, edges = []) => show(store.getState().history, nodes, edges),
    nodesChanged: (changes) =>
      store.setState((state) => {
        const nodes = applyNodeChanges(changes, [...state.nodes]);
        if (!changes.some((change) => change.type === 'select')) return { nodes };
        return {
          nodes,
          selectedNodes: stable(
            state.selectedNodes,
            nodes.filter((node) => node.selected).map((node) => node.id),
          ),
        };
      }),
    edgesChanged: (changes) =>
      store.setState((state) => {
        const edges = applyEdgeChanges(changes, [...state.edges]);
        return {
          edges,
          selectedEdges: stable(
            state.selectedEdges,
            edges.filter((edge) => edge.selected).map((edge) => edge.id),
          ),
        };
      }),
    link: (from) =>
      store.setState((state) => ({
        linking: from && { from, partners: partners(documentOf(state), state.catalogue, from) },
        refused: from ? null : state.refused,
      })),
    refuse: (refusal) => store.setState({ refused: refusal && { refusal, at: Date.now() } }),
    markSaved: (version, document) => store.setState({ saved: { version, document } }),
    setProblems: (problems) => store.setState({ problems, problemsByNode: byNode(problems) }),
    set: (part) => store.setState(part),
  };
}

function byNode(problems: readonly FlowProblem[]): Map<string, FlowProblem[]> {
  const groups = new Map<string, FlowProblem[]>();
  for (const problem of problems) if (problem.nodeId !== null) groups.set(problem.nodeId, [...(groups.get(problem.nodeId) ?? []), problem]);
  return groups;
}

/** The old array if it holds the same, so that what depends on it rests. */
function stable(old: readonly string[], next: readonly string[]): readonly string[] {
  return old.length === next.length && old.every((id, index) => id === next[index]) ? old : next;
}
