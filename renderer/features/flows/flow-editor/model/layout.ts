import { Graph, layout } from '@dagrejs/dagre';
import type { FlowDocument } from '../../../../../electron/core/contract/flows.ts';
import { GRID, type Point, snap } from './flow-model.ts';

export type Size = { readonly width: number; readonly height: number };
/** Size of a node that has not been drawn yet. */
export const nodeSize: Size = { width: 224, height: 96 };

/** The first place at or below `at` where a node covers no other. */
export function clearPlace(document: FlowDocument, at: Point): Point {
  const gap = GRID;
  let place = snap(at);
  const covered = () =>
    document.nodes.some(
      ({ position }) => Math.abs(position.x - place.x) < nodeSize.width + gap && Math.abs(position.y - place.y) < nodeSize.height + gap,
    );
  while (covered()) place = { x: place.x, y: place.y + 2 * GRID };
  return place;
}

/** Left-to-right layered places for the nodes, or for those in `only`, which stay around where their upper left corner was. */
export function arrange(document: FlowDocument, sizes: ReadonlyMap<string, Size>, only?: ReadonlySet<string>): Map<string, Point> {
  const chosen = document.nodes.filter((node) => !only || only.has(node.id));
  if (chosen.length === 0) return new Map();
  const ids = new Set(chosen.map((node) => node.id));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 64 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of chosen) graph.setNode(id, { ...(sizes.get(id) ?? nodeSize) });
  for (const { id, source, target } of document.edges) if (ids.has(source) && ids.has(target)) graph.setEdge(source, target, {}, id);
  layout(graph);
  const corners = new Map<string, Point>();
  for (const { id } of chosen) {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Point & Size>;
    corners.set(id, { x: x - width / 2, y: y - height / 2 });
  }
  const shift = only ? difference(corner(chosen.map((node) => node.position)), corner([...corners.values()])) : { x: 0, y: 0 };
  return new Map([...corners].map(([id, at]) => [id, snap({ x: at.x + shift.x, y: at.y + shift.y })]));
}

const corner = (points: readonly Point[]): Point => ({
  x: Math.min(...points.map(({ x }) => x)),
  y: Math.min(...points.map(({ y }) => y)),
});
const difference = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });
