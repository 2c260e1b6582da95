import type { FlowDocument, FlowEdge, FlowNode, NodeType } from '../../../../../electron/core/contract/flows.ts';
import type { Json } from '../../../../../electron/core/contract/base.ts';

/** Positions snap to this many canvas units; arrow keys move by it. */
export const GRID = 16;
export type Point = { readonly x: number; readonly y: number };
export type Ends = Pick<FlowEdge, 'source' | 'sourceHandle' | 'target' | 'targetHandle'>;
export type Catalogue = ReadonlyMap<string, NodeType>;

const maxIdLength = 64;

/** A document with nothing in it but its name. */
export function emptyDocument(name: string): FlowDocument {
  return { redoubt: 'flow/1', name, description: '', nodes: [], edges: [] };
}

/** The first free node id made from a type: `document.read` gives `document-read`, then `document-read-2`. */
export function freeNodeId(taken: ReadonlySet<string>, type: string): string {
  const slug = type.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^[^A-Za-z]+|-+$/g, '');
  const stem = (slug === '' ? 'node' : slug).slice(0, maxIdLength - 6);
  let id = stem;
  for (let count = 2; taken.has(id); count += 1) id = `${stem}-${count}`;
  return id;
}

const nodeIds = (document: FlowDocument): Set<string> => new Set(document.nodes.map((node) => node.id));

/** The first free edge id (`e1`, `e2`, …). Ids are opaque; only their uniqueness matters. */
export function freeEdgeId(taken: ReadonlySet<string>): string {
  let count = taken.size + 1;
  while (taken.has(`e${count}`)) count += 1;
  return `e${count}`;
}

/** Adds a node of `type` with its default configuration. Moves the place on until no other node covers it. */
export function addNode(document: FlowDocument, type: NodeType, at: Point): { document: FlowDocument; id: string } {
  const id = freeNodeId(nodeIds(document), type.type);
  const node: FlowNode = { id, type: type.type, position: freePlace(document, snap(at)), config: structuredClone(type.defaultConfig) };
  return { document: { ...document, nodes: [...document.nodes, node] }, id };
}

/** The nearest grid point. */
export function snap(point: Point): Point {
  return { x: Math.round(point.x / GRID) * GRID, y: Math.round(point.y / GRID) * GRID };
}

function freePlace(document: FlowDocument, at: Point): Point {
  let place = at;
  const covered = () =>
    document.nodes.some(({ position }) => Math.abs(position.x - place.x) < GRID && Math.abs(position.y - place.y) < GRID);
  while (covered()) place = { x: place.x + 2 * GRID, y: place.y + 2 * GRID };
  return place;
}

/** Removes nodes and edges, and every edge left without an end. */
export function remove(document: FlowDocument, nodes: ReadonlySet<string>, edges: ReadonlySet<string>): FlowDocument {
  const keptNodes = document.nodes.filter((node) => !nodes.has(node.id));
  const keptEdges = document.edges.filter((edge) => !edges.has(edge.id) && !nodes.has(edge.source) && !nodes.has(edge.target));
  if (keptNodes.length === document.nodes.length && keptEdges.length === document.edges.length) return document;
  return { ...document, nodes: keptNodes, edges: keptEdges };
}

function changeNodes(document: FlowDocument, change: (node: FlowNode) => FlowNode): FlowDocument {
  let changed = false;
  const nodes = document.nodes.map((node) => {
    const next = change(node);
    if (next !== node) changed = true;
    return next;
  });
  return changed ? { ...document, nodes } : document;
}

/** Puts nodes where `positions` says; the same document if nothing moves. */
export function place(document: FlowDocument, positions: ReadonlyMap<string, Point>): FlowDocument {
  return changeNodes(document, (node) => {
    const position = positions.get(node.id);
    if (!position || (position.x === node.position.x && position.y === node.position.y)) return node;
    return { ...node, position: { x: position.x, y: position.y } };
  });
}

/** Moves the nodes by a distance. */
export function moveBy(document: FlowDocument, ids: ReadonlySet<string>, dx: number, dy: number): FlowDocument {
  return changeNodes(document, (node) =>
    ids.has(node.id) ? { ...node, position: { x: node.position.x + dx, y: node.position.y + dy } } : node,
  );
}

/** Adds an edge. An input holds one edge, so one that was there gives way. */
export function connect(document: FlowDocument, ends: Ends): FlowDocument {
  const others = document.edges.filter((edge) => edge.target !== ends.target || edge.targetHandle !== ends.targetHandle);
  const id = freeEdgeId(new Set(document.edges.map((edge) => edge.id)));
  const { source, sourceHandle, target, targetHandle } = ends;
  return { ...document, edges: [...others, { id, source, sourceHandle, target, targetHandle }] };
}

/** Sets the title of a node; an empty one takes it away, so that the name of its type shows. */
export function setTitle(document: FlowDocument, id: string, title: string): FlowDocument {
  return changeNodes(document, (node) => {
    if (node.id !== id || (node.title ?? '') === title) return node;
    const { title: _old, ...rest } = node;
    return title === '' ? rest : { ...rest, title };
  });
}

/** Replaces the configuration of a node. */
export function setConfig(document: FlowDocument, id: string, config: FlowNode['config']): FlowDocument {
  return changeNodes(document, (node) => (node.id === id && node.config !== config ? { ...node, config } : node));
}

export type Path = readonly (string | number)[];

/** A copy of `value` with `next` at `path`; `undefined` takes the key away. Missing objects on the way are made. */
export function withValue(value: Json | undefined, path: Path, next: Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return next;
  if (typeof key === 'number') {
    const items = Array.isArray(value) ? [...value] : [];
    const item = withValue(items[key], rest, next);
    if (item === undefined) items.splice(key, 1);
    else items[key] = item;
    return items;
  }
  const fields: Record<string, Json> = isFields(value) ? { ...value } : {};
  const field = withValue(fields[key], rest, next);
  if (field === undefined) delete fields[key];
  else fields[key] = field;
  return fields;
}

/** True for a JSON object, false for arrays, null and scalars. */
export function isFields(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
