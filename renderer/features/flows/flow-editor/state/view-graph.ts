import type { Edge, Node } from '@xyflow/react';
import type { FlowDocument, FlowNode, NodeType, Port, PortType } from '../../../../../electron/core/contract/flows.ts';
import { portsOf } from '../model/connections.ts';
import type { Catalogue } from '../model/flow-model.ts';

/** What the canvas draws: the document's nodes and edges with selection, size and the place of a drag under way. */
export type ViewNode = Node<
  { readonly node: FlowNode; readonly type: NodeType | undefined; readonly inputs: readonly Port[]; readonly outputs: readonly Port[] },
  'flow'
>;
export type ViewEdge = Edge<{ readonly portType: PortType }, 'flow'>;

/** Brings the drawn nodes in line with the document; nodes that did not change stay the same object. */
export function viewNodes(
  document: FlowDocument,
  catalogue: Catalogue,
  previous: readonly ViewNode[],
  selected: ReadonlySet<string>,
): ViewNode[] {
  const before = new Map(previous.map((node) => [node.id, node]));
  return document.nodes.map((node) => {
    const old = before.get(node.id);
    const isSelected = selected.has(node.id);
    const inPlace = old !== undefined && old.position.x === node.position.x && old.position.y === node.position.y;
    const type = catalogue.get(node.type);
    if (old && inPlace && type && old.data.node === node && old.data.type === type && (old.selected ?? false) === isSelected) return old;
    const { inputs, outputs } = portsOf(document, catalogue, node);
    return { ...old, id: node.id, type: 'flow', position: node.position, selected: isSelected, data: { node, type, inputs, outputs } };
  });
}

/** Brings the drawn edges in line with the document. The type of an edge is that of the port it leaves. */
export function viewEdges(
  document: FlowDocument,
  catalogue: Catalogue,
  previous: readonly ViewEdge[],
  selected: ReadonlySet<string>,
): ViewEdge[] {
  const before = new Map(previous.map((edge) => [edge.id, edge]));
  const types = new Map(document.nodes.map((node) => [node.id, catalogue.get(node.type)]));
  return document.edges.map(({ id, source, sourceHandle, target, targetHandle }) => {
    const portType = types.get(source)?.outputs.find((port) => port.name === sourceHandle)?.type ?? 'any';
    const old = before.get(id);
    const same =
      old?.source === source &&
      old.sourceHandle === sourceHandle &&
      old.target === target &&
      old.targetHandle === targetHandle &&
      old.data?.portType === portType &&
      (old.selected ?? false) === selected.has(id);
    return same && old
      ? old
      : { id, type: 'flow', source, sourceHandle, target, targetHandle, selected: selected.has(id), focusable: false, data: { portType } };
  });
}
