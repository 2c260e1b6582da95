import type { FlowDocument, FlowNode } from '../contract/flows.ts';
import { AppError } from '../errors.ts';
import { flowGraph, reachableFrom } from '../flows/flow-graph.ts';
import type { FlowNodeType } from '../nodes/node.ts';
import { findNodeType } from '../nodes/registry.ts';

type PlannedInput = { readonly port: string; readonly fromNode: string; readonly fromPort: string; readonly required: boolean };
export type PlannedStep = {
  readonly place: number;
  readonly node: FlowNode;
  readonly type: FlowNodeType;
  readonly inputs: readonly PlannedInput[];
};

/** The steps of every item of a run, in order. Nodes that no data reaches are left out. */
export type RunPlan = readonly PlannedStep[];

/** @throws AppError `flows/unknown-type` when this version of Redoubt does not know a node any more */
export function planRun(document: FlowDocument): RunPlan {
  const graph = flowGraph(document);
  const types = new Map(document.nodes.map((node) => [node.id, known(node)]));
  const sources = document.nodes.filter(({ id }) => types.get(id)?.role === 'source').map(({ id }) => id);
  const reached = reachableFrom(graph, sources);
  return graph.order
    .filter(({ id }) => reached.has(id))
    .map((node, place) => {
      const type = known(node);
      const inputs = graph.incoming(node.id).map((edge) => ({
        port: edge.targetHandle,
        fromNode: edge.source,
        fromPort: edge.sourceHandle,
        required: type.inputs.find(({ name }) => name === edge.targetHandle)?.required ?? false,
      }));
      return { place, node, type, inputs };
    });
}

function known(node: FlowNode): FlowNodeType {
  const type = findNodeType(node.type);
  if (type) return type;
  throw new AppError(
    'flows/unknown-type',
    `This version of Redoubt has no node type ${node.type}. The run is kept; update Redoubt and resume it.`,
    { type: node.type },
  );
}
