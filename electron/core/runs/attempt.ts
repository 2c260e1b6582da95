import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { NodeContext, NodeResult, PortValues } from '../nodes/node.ts';
import type { PlannedStep } from './run-plan.ts';

/** Errors of a worker process that went down: another try has a fresh process. */
const transient = new Set(['process/unavailable', 'inference/crashed', 'inference/not-loaded']);
/** Waits between the attempts of one step, ms; their number bounds the attempts. */
const backOff = [300, 1_000, 3_000] as const;

/** What an input of a step gets: values of earlier steps by port. Absent ports were skipped. */
export function gatherInputs(step: PlannedStep, outputsOf: (nodeId: string) => PortValues): { inputs: PortValues; missing: string | null } {
  const inputs: Record<string, PortValues[string]> = {};
  let missing: string | null = null;
  for (const { port, fromNode, fromPort, required } of step.inputs) {
    const value = outputsOf(fromNode)[fromPort];
    if (value !== undefined) inputs[port] = value;
    else if (required) missing ??= fromNode;
  }
  return { inputs, missing };
}

/** Runs a step, again after a worker crash; `onRetry` is called before each further attempt. */
export async function attempt(step: PlannedStep, inputs: PortValues, context: NodeContext, onRetry: () => void): Promise<NodeResult> {
  for (let tries = 0; ; tries++) {
    try {
      context.signal.throwIfAborted();
      return await step.type.run(inputs, step.node.config, context);
    } catch (error) {
      const wait = backOff[tries];
      if (context.signal.aborted || wait === undefined || !(error instanceof AppError) || !transient.has(error.code)) throw error;
      await delay(wait, undefined, { signal: context.signal });
      onRetry();
    }
  }
}

export function skippedBehind(nodeId: string): { code: string; message: string } {
  return { code: 'runs/nothing-to-do', message: `Left out, because ${nodeId} before it gave nothing.` };
}
