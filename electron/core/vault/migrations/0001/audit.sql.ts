/**
 * The append-only log. `canonical` is the leaf itself (RFC 8785 JSON); the columns that serve filters are generated from
 * it, so none can say anything else. `audit_nodes` keeps the complete subtrees above the leaves, so that a root costs
 * O(log n).
 */
export const auditSql = `
CREATE TABLE signing_keys (
  purpose TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  private_key BLOB NOT NULL,
  public_key BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_leaves (
  sequence INTEGER PRIMARY KEY,
  canonical TEXT NOT NULL,
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  at INTEGER GENERATED ALWAYS AS (json_extract(canonical, '$.at')) VIRTUAL,
  actor TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.actor')) VIRTUAL,
  action TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.action')) VIRTUAL,
  subject TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.subject')) VIRTUAL,
  case_id TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.caseId')) VIRTUAL,
  outcome TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.outcome')) VIRTUAL
) STRICT;
CREATE INDEX audit_leaves_at ON audit_leaves (at);
CREATE INDEX audit_leaves_actor ON audit_leaves (actor);
CREATE INDEX audit_leaves_action ON audit_leaves (action);
CREATE INDEX audit_leaves_subject ON audit_leaves (subject);
CREATE INDEX audit_leaves_case ON audit_leaves (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX audit_leaves_outcome ON audit_leaves (outcome) WHERE outcome <> 'done';

CREATE TABLE audit_nodes (
  level INTEGER NOT NULL CHECK (level >= 1),
  position INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  checkpoint TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_leaves_no_update BEFORE UPDATE ON audit_leaves BEGIN SELECT RAISE(ABORT, 'audit leaves are append-only'); END;
CREATE TRIGGER audit_leaves_no_delete BEFORE DELETE ON audit_leaves BEGIN SELECT RAISE(ABORT, 'audit leaves are append-only'); END;
CREATE TRIGGER audit_leaves_in_order BEFORE INSERT ON audit_leaves
WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), -1) + 1 FROM audit_leaves)
BEGIN SELECT RAISE(ABORT, 'audit leaves are appended in order'); END;
CREATE TRIGGER audit_nodes_no_update BEFORE UPDATE ON audit_nodes BEGIN SELECT RAISE(ABORT, 'audit nodes are append-only'); END;
CREATE TRIGGER audit_nodes_no_delete BEFORE DELETE ON audit_nodes BEGIN SELECT RAISE(ABORT, 'audit nodes are append-only'); END;
CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head WHEN NEW.size <= OLD.size BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
`;
