import { z } from 'zod';
import { caseId, command, flowId, json, query, timestamp } from './base.ts';

/** The type of a port: what may flow over an edge. `any` accepts everything. */
export const portType = z.enum(['document', 'text', 'json', 'any']);
export type PortType = z.infer<typeof portType>;

export const nodeId = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
export const flowNode = z.object({
  id: nodeId,
  type: z.string().min(1).max(64),
  title: z.string().max(120).optional(),
  position: z.object({ x: z.number(), y: z.number() }),
  /** Checked against the node type's own schema. */
  config: z.record(z.string(), json).default({}),
});
export type FlowNode = z.infer<typeof flowNode>;

export const flowEdge = z.object({
  id: z.string().min(1).max(160),
  source: nodeId,
  sourceHandle: z.string().max(64),
  target: nodeId,
  targetHandle: z.string().max(64),
});
export type FlowEdge = z.infer<typeof flowEdge>;

/** A flow as it stands in the vault and, as YAML, outside. */
export const flowDocument = z.object({
  redoubt: z.literal('flow/1'),
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2000).default(''),
  nodes: z.array(flowNode).max(500),
  edges: z.array(flowEdge).max(2000),
});
export type FlowDocument = z.infer<typeof flowDocument>;

export const flowSummary = z.object({
  id: flowId,
  caseId,
  name: z.string(),
  description: z.string(),
  version: z.number().int(),
  nodeCount: z.number().int(),
  updatedAt: timestamp,
  updatedBy: z.string(),
});
export type FlowSummary = z.infer<typeof flowSummary>;

export const flow = flowSummary.extend({ document: flowDocument });
export type Flow = z.infer<typeof flow>;

export const port = z.object({ name: z.string(), type: portType, required: z.boolean() });
export type Port = z.infer<typeof port>;
export const nodeType = z.object({
  type: z.string(),
  /** Section of the palette. */
  category: z.enum(['data', 'document', 'text', 'model', 'privacy', 'store']),
  /** Name of a Tabler icon, for example `file-text`. */
  icon: z.string(),
  title: z.object({ en: z.string(), 'zh-CN': z.string() }),
  description: z.object({ en: z.string(), 'zh-CN': z.string() }),
  inputs: z.array(port),
  outputs: z.array(port),
  /** JSON Schema (draft 2020-12) of `config`, with `title` and `x-title-zh` on each property; the form is generated from it. */
  configSchema: z.record(z.string(), json),
  defaultConfig: z.record(z.string(), json),
});
export type NodeType = z.infer<typeof nodeType>;

export const flowProblem = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  nodeId: z.string().nullable(),
  edgeId: z.string().nullable(),
  /** Values for the page's own translation of `code`. */
  details: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type FlowProblem = z.infer<typeof flowProblem>;

export const flowsContract = {
  list: query('flows.read')
    .input(z.object({ caseId: caseId.optional() }).default({}))
    .output(z.array(flowSummary)),
  get: query('flows.read')
    .input(z.object({ id: flowId }))
    .output(flow),
  nodeTypes: query('flows.read').output(z.array(nodeType)),
  validate: query('flows.read')
    .input(z.object({ document: flowDocument }))
    .output(z.array(flowProblem)),
  create: command('flows.write', 'flows.create')
    .input(z.object({ caseId: caseId.optional(), document: flowDocument }))
    .output(flow),
  /** Saves a new version. Fails with `flows/conflict` if `version` is no longer the newest. */
  save: command('flows.write', 'flows.save')
    .input(z.object({ id: flowId, version: z.number().int(), document: flowDocument }))
    .output(flow),
  remove: command('flows.write', 'flows.remove')
    .input(z.object({ id: flowId }))
    .output(z.object({ removed: z.literal(true) })),
  importYaml: command('flows.write', 'flows.import')
    .input(z.object({ caseId: caseId.optional(), yaml: z.string().max(2_000_000) }))
    .output(flow),
  exportYaml: command('flows.read', 'flows.export', { access: 'read' })
    .input(z.object({ id: flowId }))
    .output(z.object({ yaml: z.string(), fileName: z.string() })),
};
