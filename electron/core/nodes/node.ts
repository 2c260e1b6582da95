import { z } from 'zod';
import type { CallOrigin } from '../audit/model-calls/model-calls.ts';
import type { Json } from '../contract/base.ts';
import type { NodeType, Port, PortType } from '../contract/flows.ts';
import { AppError } from '../errors.ts';
import type { NodeServices } from './services.ts';

/** Values by port name. A port without a value is absent: what should have filled it was skipped. */
export type PortValues = Readonly<Record<string, Json>>;

/** The use a step made of a model, for the run view; the record of its calls is kept where models are asked. */
export type ModelUse = { readonly name: string; readonly outputTokens: number };

export type NodeResult = {
  readonly outputs: PortValues;
  /** The step had nothing to do, and why; steps that need its outputs are skipped too. */
  readonly skipped?: { readonly code: string; readonly message: string };
  readonly modelUse?: ModelUse;
};

export type NodeContext = {
  /** Aborts when the run is cancelled or the vault closes. */
  readonly signal: AbortSignal;
  readonly services: NodeServices;
  /** The document this run item is about. */
  readonly document: { readonly id: string; readonly name: string };
  /** The case the run belongs to; what a step stores belongs to it too. */
  readonly caseId: string;
  /** For the record of what a model is asked. */
  readonly origin: CallOrigin;
  /** The same for every attempt of this step and different for every other step: an effect done under it is done once. */
  readonly idempotencyKey: string;
};

type Texts = { readonly en: string; readonly 'zh-CN': string };

/** What a node folder declares. */
export type NodeDefinition<Config extends z.ZodObject> = {
  readonly type: string;
  /** `source` nodes begin a flow; what `result` nodes put out is the result of the item. A flow needs one of each. */
  readonly role?: 'source' | 'result';
  readonly category: NodeType['category'];
  /** Tabler icon. */
  readonly icon: string;
  readonly title: Texts;
  readonly description: Texts;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Every property has a default or is required; `.meta({ title, 'x-title-zh' })` names it in the form. */
  readonly config: Config;
  run(inputs: PortValues, config: z.output<Config>, context: NodeContext): Promise<NodeResult>;
};

/** A node type as the rest of core sees it. */
export type FlowNodeType = Omit<NodeDefinition<z.ZodObject>, 'run'> & {
  /** Runs with a configuration that is checked first. @throws AppError `flows/bad-config` and what the node throws */
  run(inputs: PortValues, config: Readonly<Record<string, Json>>, context: NodeContext): Promise<NodeResult>;
};

export function defineNode<Config extends z.ZodObject>(definition: NodeDefinition<Config>): FlowNodeType {
  return {
    ...definition,
    run: (inputs, config, context) => {
      const parsed = definition.config.safeParse(config);
      if (!parsed.success) {
        const path = parsed.error.issues[0]?.path.join('.') ?? '';
        throw new AppError(
          'flows/bad-config',
          `The settings of a ${definition.type} step are not valid (${path}). Correct them in the flow editor.`,
          { path },
        );
      }
      return definition.run(inputs, parsed.data, context);
    },
  };
}

export const required = (name: string, type: PortType): Port => ({ name, type, required: true });
export const optional = (name: string, type: PortType): Port => ({ name, type, required: false });

/** Title and explanation of a configuration property in both languages. */
export function label(title: string, chinese: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { title, 'x-title-zh': chinese, ...more };
}

/** The node type as the page gets it. */
export function describeNode(node: FlowNodeType): NodeType {
  const { type, category, icon, title, description, inputs, outputs, config } = node;
  const schema = z.toJSONSchema(config, { io: 'input' }) as Record<string, Json>;
  const defaults = Object.entries(config.shape).flatMap(([name, property]) => {
    const value = z.safeParse(property, undefined);
    return value.success && value.data !== undefined ? [[name, value.data as Json] as const] : [];
  });
  return {
    type,
    category,
    icon,
    title,
    description,
    inputs: [...inputs],
    outputs: [...outputs],
    configSchema: schema,
    defaultConfig: Object.fromEntries(defaults),
  };
}

/** The text on a port. @throws AppError `flows/wrong-value` */
export function textOf(inputs: PortValues, port: string): string {
  const value = inputs[port];
  if (typeof value === 'string') return value;
  throw new AppError('flows/wrong-value', `The input ${port} of this step got no text. Check what is connected to it.`, { port });
}
