/** The full-text index over the audit log: derived from it, and without text that could be read back. */
export const auditSearchSql = `
CREATE VIRTUAL TABLE audit_search USING fts5(text, facets, content='', tokenize='ascii');
INSERT INTO audit_search (audit_search, rank) VALUES ('secure-delete', 1);

-- Up to which sequence leaves are in the index.
CREATE TABLE audit_search_edge (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  next INTEGER NOT NULL,
  -- Of what the index holds of a leaf; an index of another form is made anew.
  form INTEGER NOT NULL
) STRICT;

-- Runs of sequences whose leaves were written in one hour (since the epoch); they do not overlap.
CREATE TABLE audit_search_hours (
  low INTEGER PRIMARY KEY,
  high INTEGER NOT NULL CHECK (high >= low),
  hour INTEGER NOT NULL
) STRICT;
`;

/**
 * What stands beside the audit log. `model_calls` holds the salts of the hashes of model calls and, by policy, the
 * texts: it belongs to its case, and goes with a conversation or document it used. `siem_*`: what was handed to a log
 * collector.
 */
export const auditRecordsSql = `
CREATE TABLE model_calls (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  -- Null: only hashes were kept.
  prompt TEXT,
  output TEXT,
  CHECK ((prompt IS NULL) = (output IS NULL))
) STRICT;
CREATE INDEX model_calls_case ON model_calls (case_id);
CREATE INDEX model_calls_conversation ON model_calls (conversation_id);

CREATE TABLE model_call_documents (
  call_id TEXT NOT NULL REFERENCES model_calls (id) ON DELETE CASCADE,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  PRIMARY KEY (call_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX model_call_documents_document ON model_call_documents (document_id);
CREATE TRIGGER model_calls_go_with_document AFTER DELETE ON model_call_documents
BEGIN DELETE FROM model_calls WHERE id = OLD.call_id; END;

CREATE TABLE siem_export (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- JSON, as the contract has them.
  settings TEXT NOT NULL,
  next_at INTEGER,
  last_at INTEGER,
  error_code TEXT,
  error_message TEXT
) STRICT;

CREATE TABLE siem_files (
  first INTEGER PRIMARY KEY,
  last INTEGER NOT NULL,
  folder TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  written_at INTEGER NOT NULL,
  problem TEXT CHECK (problem IN ('missing', 'altered')),
  noticed_at INTEGER,
  CHECK ((problem IS NULL) = (noticed_at IS NULL))
) STRICT;
`;
