import type { FlowDocument, FlowEdge, FlowNode } from '../contract/flows.ts';

/** A flow's nodes with their edges at hand. Edges whose ends do not exist are left out. */
export type FlowGraph = {
  /** In an order in which every node comes after what it depends on; nodes on a cycle are missing. */
  readonly order: readonly FlowNode[];
  /** Nodes on a cycle, or behind one. */
  readonly cyclic: readonly FlowNode[];
  incoming(nodeId: string): readonly FlowEdge[];
  outgoing(nodeId: string): readonly FlowEdge[];
};

/** Kahn's algorithm; among nodes that are ready the one written first goes first. Linear in nodes and edges. */
export function flowGraph(document: FlowDocument): FlowGraph {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const incoming = new Map<string, FlowEdge[]>();
  const outgoing = new Map<string, FlowEdge[]>();
  for (const edge of document.edges) {
    if (!nodes.has(edge.source) || !nodes.has(edge.target)) continue;
    push(outgoing, edge.source, edge);
    push(incoming, edge.target, edge);
  }
  const waiting = new Map([...nodes.keys()].map((id) => [id, incoming.get(id)?.length ?? 0]));
  const order = [...nodes.values()].filter(({ id }) => waiting.get(id) === 0);
  for (let next = 0; next < order.length; next++) {
    for (const { target } of outgoing.get(order[next]?.id ?? '') ?? []) {
      const left = (waiting.get(target) ?? 0) - 1;
      waiting.set(target, left);
      const node = nodes.get(target);
      if (left === 0 && node) order.push(node);
    }
  }
  return {
    order,
    cyclic: [...nodes.values()].filter(({ id }) => (waiting.get(id) ?? 0) > 0),
    incoming: (id) => incoming.get(id) ?? [],
    outgoing: (id) => outgoing.get(id) ?? [],
  };
}

function push(map: Map<string, FlowEdge[]>, key: string, edge: FlowEdge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}

/** Ids of the nodes that data from one of `sources` reaches. */
export function reachableFrom(graph: FlowGraph, sources: readonly string[]): Set<string> {
  const reached = new Set(sources);
  for (const id of reached) for (const { target } of graph.outgoing(id)) reached.add(target);
  return reached;
}
