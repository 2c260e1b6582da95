/**
 * Runs, the flow each was started with (apart, because counts of a run are written often), their items (one per document) and the steps of each item. A value of a step stands in the row when it is
 * small and in a blob when it is large; `run_blobs` says which blobs are in use. `archive_records` is where the
 * `archive` node stores results: its idempotency key makes storing happen once however often the step is run.
 */
export const runsSql = `
CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  flow_id TEXT NOT NULL,
  flow_name TEXT NOT NULL,
  flow_version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  item_count INTEGER NOT NULL,
  items_succeeded INTEGER NOT NULL DEFAULT 0,
  items_failed INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  started_by TEXT NOT NULL,
  error_code TEXT,
  error_message TEXT,
  idempotency_key TEXT,
  UNIQUE (case_id, idempotency_key)
) STRICT;
CREATE TABLE run_flows (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_by_time ON runs (started_at);
CREATE INDEX runs_by_case ON runs (case_id, started_at);
CREATE INDEX runs_by_flow ON runs (flow_id, started_at);
CREATE INDEX runs_unfinished ON runs (started_at) WHERE state IN ('queued', 'running');

CREATE TABLE run_items (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  document_id TEXT NOT NULL,
  document_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  error_code TEXT,
  error_message TEXT,
  result TEXT,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_items_by_state ON run_items (run_id, state, position);

CREATE TABLE run_steps (
  run_id TEXT NOT NULL,
  item INTEGER NOT NULL,
  node_id TEXT NOT NULL,
  node_type TEXT NOT NULL,
  place INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'skipped', 'cancelled')),
  attempt INTEGER NOT NULL,
  interruptions INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER,
  finished_at INTEGER,
  tokens INTEGER,
  model TEXT,
  error_code TEXT,
  error_message TEXT,
  outputs TEXT,
  PRIMARY KEY (run_id, item, node_id),
  FOREIGN KEY (run_id, item) REFERENCES run_items (run_id, position) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE run_blobs (
  blob_id TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  PRIMARY KEY (blob_id, run_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE archive_records (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  idempotency_key TEXT NOT NULL UNIQUE,
  collection TEXT NOT NULL,
  document_id TEXT NOT NULL,
  document_name TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX archive_records_by_collection ON archive_records (case_id, collection, created_at);
`;
