import type { RunState, RunSummary, Step, StepState } from '../contract/runs.ts';

/** Rows as SQLite gives them, and what they mean. */
export type RunRow = {
  id: string;
  case_id: string;
  flow_id: string;
  flow_name: string;
  flow_version: number;
  state: RunState;
  item_count: number;
  items_succeeded: number;
  items_failed: number;
  started_at: number;
  finished_at: number | null;
  started_by: string;
  error_code: string | null;
  error_message: string | null;
};
export type ItemRow = {
  position: number;
  document_id: string;
  document_name: string;
  state: RunState;
  error_code: string | null;
  error_message: string | null;
  result: string | null;
};
export type StepRow = {
  item: number;
  node_id: string;
  node_type: string;
  state: StepState;
  attempt: number;
  interruptions: number;
  started_at: number | null;
  finished_at: number | null;
  tokens: number | null;
  model: string | null;
  error_code: string | null;
  error_message: string | null;
  outputs: string | null;
};

/** Columns of a summary: everything but the copy of the flow. */
export const runColumns =
  'id, case_id, flow_id, flow_name, flow_version, state, item_count, items_succeeded, items_failed, started_at, finished_at, started_by, error_code, error_message';

export function toSummary(row: RunRow): RunSummary {
  return {
    id: row.id,
    caseId: row.case_id,
    flowId: row.flow_id,
    flowName: row.flow_name,
    flowVersion: row.flow_version,
    state: row.state,
    itemCount: row.item_count,
    itemsSucceeded: row.items_succeeded,
    itemsFailed: row.items_failed,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    startedBy: row.started_by,
    error: toError(row),
  };
}

export function toStep(row: StepRow): Step {
  return {
    item: row.item,
    nodeId: row.node_id,
    nodeType: row.node_type,
    state: row.state,
    attempt: row.attempt,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    tokens: row.tokens,
    model: row.model,
    error: toError(row),
  };
}

export function toError(row: { error_code: string | null; error_message: string | null }): { code: string; message: string } | null {
  return row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' };
}
