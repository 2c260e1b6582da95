import type { FlowDocument, FlowEdge, FlowNode, FlowProblem, PortType } from '../contract/flows.ts';
import { findNodeType } from '../nodes/registry.ts';
import { flowGraph, reachableFrom } from './flow-graph.ts';

/** Everything that keeps a flow from running (errors) or that its author should know (warnings). */
export function validateFlow(document: FlowDocument): FlowProblem[] {
  return [...duplicates(document), ...document.nodes.flatMap(nodeProblems), ...edgeProblems(document), ...shapeProblems(document)];
}

type Place = { nodeId?: string; edgeId?: string };
const problem = (
  severity: FlowProblem['severity'],
  code: string,
  message: string,
  place: Place = {},
  details: FlowProblem['details'] = {},
): FlowProblem => ({
  severity,
  code,
  message,
  nodeId: place.nodeId ?? null,
  edgeId: place.edgeId ?? null,
  details,
});

function duplicates({ nodes, edges }: FlowDocument): FlowProblem[] {
  return [
    ...repeated(nodes).map((id) => problem('error', 'duplicate-node', `Two nodes are called ${id}.`, { nodeId: id }, { id })),
    ...repeated(edges).map((id) => problem('error', 'duplicate-edge', `Two edges are called ${id}.`, { edgeId: id }, { id })),
  ];
}

function repeated(entries: readonly { id: string }[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of entries) (seen.has(id) ? twice : seen).add(id);
  return [...twice];
}

function nodeProblems(node: FlowNode): FlowProblem[] {
  const type = findNodeType(node.type);
  if (!type)
    return [
      problem(
        'error',
        'unknown-type',
        `There is no node type ${node.type} in this version of Redoubt.`,
        { nodeId: node.id },
        { type: node.type },
      ),
    ];
  const config = type.config.safeParse(node.config);
  if (config.success) return [];
  return config.error.issues.map((issue) => {
    const path = issue.path.join('.');
    return problem(
      'error',
      'bad-config',
      `${node.title ?? node.id}: the setting ${path} is not valid. ${issue.message}`,
      { nodeId: node.id },
      { path, reason: issue.message },
    );
  });
}

function edgeProblems({ nodes, edges }: FlowDocument): FlowProblem[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const taken = new Set<string>();
  return edges.flatMap((edge) => {
    const found = endProblem(edge, byId.get(edge.source), byId.get(edge.target));
    const port = `${edge.target}\n${edge.targetHandle}`;
    if (taken.has(port))
      found.push(
        problem(
          'error',
          'input-taken',
          `Two edges lead to the input ${edge.targetHandle} of ${edge.target}. An input takes one.`,
          { edgeId: edge.id, nodeId: edge.target },
          { port: edge.targetHandle },
        ),
      );
    taken.add(port);
    return found;
  });
}

function endProblem(edge: FlowEdge, source: FlowNode | undefined, target: FlowNode | undefined): FlowProblem[] {
  const place = { edgeId: edge.id };
  const missing = !source ? edge.source : !target ? edge.target : null;
  if (missing !== null)
    return [problem('error', 'unknown-node', `An edge is tied to ${missing}, which is not there.`, place, { id: missing })];
  const from = findNodeType(source?.type ?? '');
  const to = findNodeType(target?.type ?? '');
  if (!from || !to) return [];
  const output = from.outputs.find(({ name }) => name === edge.sourceHandle);
  const input = to.inputs.find(({ name }) => name === edge.targetHandle);
  if (!output)
    return [
      problem('error', 'unknown-port', `${edge.source} has no output ${edge.sourceHandle}.`, place, {
        id: edge.source,
        port: edge.sourceHandle,
      }),
    ];
  if (!input)
    return [
      problem('error', 'unknown-port', `${edge.target} has no input ${edge.targetHandle}.`, place, {
        id: edge.target,
        port: edge.targetHandle,
      }),
    ];
  if (compatible(output.type, input.type)) return [];
  const message = `${edge.sourceHandle} of ${edge.source} gives ${output.type}, but ${edge.targetHandle} of ${edge.target} takes ${input.type}.`;
  return [problem('error', 'type-mismatch', message, place, { from: output.type, to: input.type })];
}

function compatible(from: PortType, to: PortType): boolean {
  return from === to || from === 'any' || to === 'any';
}

function shapeProblems(document: FlowDocument): FlowProblem[] {
  const graph = flowGraph(document);
  const role = (node: FlowNode) => findNodeType(node.type)?.role;
  const sources = document.nodes.filter((node) => role(node) === 'source').map(({ id }) => id);
  const reached = reachableFrom(graph, sources);
  const found: FlowProblem[] = [];
  if (sources.length === 0) found.push(problem('error', 'no-input', 'The flow has no input. Add an Input node.'));
  if (!document.nodes.some((node) => role(node) === 'result'))
    found.push(problem('error', 'no-output', 'The flow has no output. Add an Output node.'));
  for (const { id } of graph.cyclic)
    found.push(problem('error', 'cycle', `${id} waits for itself through a circle of edges.`, { nodeId: id }, { id }));
  for (const node of document.nodes) {
    const filled = new Set(graph.incoming(node.id).map(({ targetHandle }) => targetHandle));
    const inputs = findNodeType(node.type)?.inputs ?? [];
    for (const port of inputs.filter(({ name, required }) => required && !filled.has(name)))
      found.push(
        problem(
          'error',
          'missing-input',
          `${node.title ?? node.id} needs something on its input ${port.name}.`,
          { nodeId: node.id },
          { port: port.name },
        ),
      );
    if (role(node) === 'result' && inputs.length > 0 && filled.size === 0)
      found.push(
        problem('warning', 'empty-output', `Nothing is connected to ${node.title ?? node.id}: the result will be empty.`, {
          nodeId: node.id,
        }),
      );
    if (sources.length > 0 && !reached.has(node.id))
      found.push(problem('warning', 'unreachable', `No data from an input reaches ${node.title ?? node.id}.`, { nodeId: node.id }));
  }
  return found;
}
