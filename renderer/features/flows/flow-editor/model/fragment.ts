import type { FlowDocument, FlowEdge, FlowNode } from '../../../../../electron/core/contract/flows.ts';
import { freeEdgeId, freeNodeId, GRID, isFields, type Point, snap } from './flow-model.ts';

const version = 'flow-fragment/1';
/** Some nodes with the edges between them, as copied. */
export type Fragment = { redoubt: typeof version; nodes: FlowNode[]; edges: FlowEdge[] };

/** The nodes and the edges that have both ends among them; null if none is there. */
export function copy(document: FlowDocument, ids: ReadonlySet<string>): Fragment | null {
  const nodes = document.nodes.filter((node) => ids.has(node.id));
  if (nodes.length === 0) return null;
  const edges = document.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target));
  return structuredClone({ redoubt: version, nodes, edges });
}

/** Reads what another window copied. Null for any text that is not a fragment: the clipboard is not ours. */
export function parseFragment(text: string): Fragment | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { redoubt, nodes, edges } = (value ?? {}) as Partial<Record<keyof Fragment, unknown>>;
  if (redoubt !== version || !Array.isArray(nodes) || !Array.isArray(edges) || nodes.length === 0 || nodes.length > 500) return null;
  if (!nodes.every(isNode) || !edges.every(isEdge)) return null;
  return { redoubt: version, nodes, edges };
}

const isName = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= longest;

function isNode(value: unknown): value is FlowNode {
  const { id, type, title, position, config } = (value ?? {}) as Partial<Record<keyof FlowNode, unknown>>;
  const { x, y } = (position ?? {}) as Partial<Record<'x' | 'y', unknown>>;
  return (
    isName(id, 64) &&
    isName(type, 64) &&
    (title === undefined || isName(title, 120)) &&
    Number.isFinite(x) &&
    Number.isFinite(y) &&
    isFields(config as never)
  );
}

function isEdge(value: unknown): value is FlowEdge {
  const { id, source, sourceHandle, target, targetHandle } = (value ?? {}) as Partial<Record<keyof FlowEdge, unknown>>;
  return [id, source, sourceHandle, target, targetHandle].every((name) => isName(name, 160));
}

/** Adds a fragment under new ids, its upper left corner at `at`, or beside the originals. Says which nodes are new. */
export function paste(document: FlowDocument, part: Fragment, at?: Point): { document: FlowDocument; ids: string[] } {
  const takenNodes = new Set(document.nodes.map((node) => node.id));
  const takenEdges = new Set(document.edges.map((edge) => edge.id));
  const left = Math.min(...part.nodes.map(({ position }) => position.x));
  const top = Math.min(...part.nodes.map(({ position }) => position.y));
  const corner = at ? snap(at) : freeCorner(document, { x: left + 2 * GRID, y: top + 2 * GRID });
  const renamed = new Map<string, string>();
  const nodes = part.nodes.map((node) => {
    const id = freeNodeId(takenNodes, node.type);
    takenNodes.add(id);
    renamed.set(node.id, id);
    return { ...node, id, position: { x: node.position.x - left + corner.x, y: node.position.y - top + corner.y } };
  });
  const edges = part.edges.flatMap((edge) => {
    const source = renamed.get(edge.source);
    const target = renamed.get(edge.target);
    if (source === undefined || target === undefined) return [];
    const id = freeEdgeId(takenEdges);
    takenEdges.add(id);
    return [{ ...edge, id, source, target }];
  });
  return {
    document: { ...document, nodes: [...document.nodes, ...nodes], edges: [...document.edges, ...edges] },
    ids: nodes.map((node) => node.id),
  };
}

function freeCorner(document: FlowDocument, from: Point): Point {
  let corner = from;
  const taken = () => document.nodes.some(({ position }) => position.x === corner.x && position.y === corner.y);
  while (taken()) corner = { x: corner.x + 2 * GRID, y: corner.y + 2 * GRID };
  return corner;
}
