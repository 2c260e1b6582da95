import type { RunState } from '../../../../electron/core/contract/runs.ts';

export type { RunState };
const states: readonly string[] = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] satisfies RunState[];

/** A run state read from an address; null for anything else. */
export function runState(text: string | undefined): RunState | null {
  return text !== undefined && states.includes(text) ? (text as RunState) : null;
}
