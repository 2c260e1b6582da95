import type { FlowDocument, FlowNode, Port, PortType } from '../../../../../electron/core/contract/flows.ts';
import type { Catalogue, Ends } from './flow-model.ts';

export type Refusal = {
  readonly code: 'unknown-port' | 'self' | 'types' | 'duplicate' | 'cycle';
  /** Values for the text of the reason. */
  readonly details: Readonly<Record<string, string>>;
};

/** Whether what leaves a port of type `from` may enter one of type `to`. */
export function compatible(from: PortType, to: PortType): boolean {
  return from === to || from === 'any' || to === 'any';
}

/** The ports of a node; for a type nobody knows, those its edges name, so that nothing already drawn is lost. */
export function portsOf(
  document: FlowDocument,
  catalogue: Catalogue,
  node: FlowNode,
): { inputs: readonly Port[]; outputs: readonly Port[] } {
  const type = catalogue.get(node.type);
  if (type) return type;
  const guess = (names: readonly string[]) => [...new Set(names)].map((name): Port => ({ name, type: 'any', required: false }));
  return {
    inputs: guess(document.edges.filter((edge) => edge.target === node.id).map((edge) => edge.targetHandle)),
    outputs: guess(document.edges.filter((edge) => edge.source === node.id).map((edge) => edge.sourceHandle)),
  };
}

/** Whether `from` can already be reached from `to`, so that an edge from → to would close a circle. */
function closesCircle(document: FlowDocument, from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const { source, target } of document.edges) next.set(source, [...(next.get(source) ?? []), target]);
  const open = [to];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === from) return true;
    for (const target of next.get(id) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      open.push(target);
    }
  }
  return false;
}

/** Why these ends may not be joined, or null if they may. An input that is taken is no reason: its old edge gives way. */
export function refusal(document: FlowDocument, catalogue: Catalogue, ends: Ends): Refusal | null {
  if (ends.source === ends.target) return { code: 'self', details: {} };
  const source = document.nodes.find((node) => node.id === ends.source);
  const target = document.nodes.find((node) => node.id === ends.target);
  const output = source && portsOf(document, catalogue, source).outputs.find((port) => port.name === ends.sourceHandle);
  const input = target && portsOf(document, catalogue, target).inputs.find((port) => port.name === ends.targetHandle);
  if (!output || !input) return { code: 'unknown-port', details: {} };
  if (!compatible(output.type, input.type)) {
    return { code: 'types', details: { from: output.type, to: input.type, output: output.name, input: input.name } };
  }
  const same = document.edges.some(
    (edge) =>
      edge.source === ends.source &&
      edge.sourceHandle === ends.sourceHandle &&
      edge.target === ends.target &&
      edge.targetHandle === ends.targetHandle,
  );
  if (same) return { code: 'duplicate', details: {} };
  return closesCircle(document, ends.source, ends.target) ? { code: 'cycle', details: {} } : null;
}

export type PortPlace = { readonly node: string; readonly port: string; readonly side: 'input' | 'output' };

/** The edge between two ports, whichever of them the person began with; null if both are on the same side. */
export function endsOf(a: PortPlace, b: PortPlace): Ends | null {
  if (a.side === b.side) return null;
  const [from, to] = a.side === 'output' ? [a, b] : [b, a];
  return { source: from.node, sourceHandle: from.port, target: to.node, targetHandle: to.port };
}

export const portKey = ({ node, port, side }: PortPlace): string => `${side}/${node}/${port}`;

/** Keys of every port that `from` may be joined with. */
export function partners(document: FlowDocument, catalogue: Catalogue, from: PortPlace): Set<string> {
  const keys = new Set<string>();
  for (const place of portPlaces(document, catalogue, from.side === 'output' ? 'input' : 'output')) {
    const ends = endsOf(from, place);
    if (ends && !refusal(document, catalogue, ends)) keys.add(portKey(place));
  }
  return keys;
}

/** Every port on one side of every node, in the document's order. */
export function portPlaces(document: FlowDocument, catalogue: Catalogue, side: PortPlace['side']): PortPlace[] {
  return document.nodes.flatMap((node) => {
    const ports = portsOf(document, catalogue, node);
    return (side === 'input' ? ports.inputs : ports.outputs).map((port) => ({ node: node.id, port: port.name, side }));
  });
}
