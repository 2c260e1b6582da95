/** A flow, and every version of its document. Runs keep their own copy, so removing a flow leaves them whole. */
export const flowsSql = `
CREATE TABLE flows (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  sample TEXT,
  UNIQUE (case_id, sample)
) STRICT, WITHOUT ROWID;

CREATE TABLE flow_versions (
  flow_id TEXT NOT NULL REFERENCES flows (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  node_count INTEGER NOT NULL,
  document TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  PRIMARY KEY (flow_id, version)
) STRICT, WITHOUT ROWID;
`;
