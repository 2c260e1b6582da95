CREATE TABLE alert_days (
  person_id TEXT NOT NULL,
  day TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (person_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_devices (
  person_id TEXT NOT NULL,
  device TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_edge (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  next INTEGER NOT NULL
) STRICT;

CREATE TABLE alert_people (
  person_id TEXT PRIMARY KEY,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_rules (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  rules TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE alert_windows (
  rule TEXT NOT NULL,
  person_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  boot TEXT NOT NULL,
  uptime_ms INTEGER NOT NULL,
  action TEXT NOT NULL,
  -- For how many acts the leaf stands.
  weight INTEGER NOT NULL,
  PRIMARY KEY (rule, person_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  -- What makes two findings one alert: the rule, the person and the window.
  key TEXT NOT NULL UNIQUE,
  severity TEXT NOT NULL,
  person_id TEXT,
  person_name TEXT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  -- JSON, as the contract has them.
  facts TEXT NOT NULL,
  evidence TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'expected', 'incident')),
  decided_by TEXT,
  decided_at INTEGER,
  note TEXT,
  -- Sequence of the newest leaf that it was raised or brought up to date by.
  last_sequence INTEGER NOT NULL,
  -- Findings of its key since it was decided, of which it says nothing.
  since INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX alerts_last ON alerts (last_at);

CREATE TABLE approvals (
  id TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  class TEXT NOT NULL,
  -- For people to read: without secrets.
  input TEXT NOT NULL,
  -- Slow hash of the whole input, secrets included.
  input_hash TEXT NOT NULL,
  requested_by TEXT NOT NULL REFERENCES people (id),
  requested_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn', 'used')),
  decided_by TEXT REFERENCES people (id),
  decided_at INTEGER,
  comment TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX approvals_by_request ON approvals (requested_by, call, input_hash);

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

CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head WHEN NEW.size <= OLD.size BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  -- The roots of the complete subtrees at the right edge, largest first: all that the next leaf needs to know.
  edge BLOB NOT NULL CHECK (length(edge) % 32 = 0),
  -- Under a key that follows from the log's: that the log wrote it.
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TABLE audit_hold (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_leaves_in_order BEFORE INSERT ON audit_leaves
WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), -1) + 1 FROM audit_leaves) OR NEW.canonical IS NULL
BEGIN SELECT RAISE(ABORT, 'audit leaves are appended in order'); END;

CREATE TRIGGER audit_leaves_no_delete BEFORE DELETE ON audit_leaves BEGIN SELECT RAISE(ABORT, 'audit leaves are append-only'); END;

CREATE TRIGGER audit_leaves_only_pruned BEFORE UPDATE ON audit_leaves
WHEN (NEW.sequence = OLD.sequence AND NEW.leaf_hash = OLD.leaf_hash AND NEW.canonical IS NULL AND OLD.canonical IS NOT NULL
  AND OLD.action <> 'audit.prune' AND NOT EXISTS (SELECT 1 FROM audit_hold)
  AND EXISTS (SELECT 1 FROM audit_prunes AS prune JOIN audit_head AS head ON head.size = prune.sequence
    WHERE prune.sequence = NEW.pruned_by AND OLD.sequence >= prune.first AND OLD.sequence < prune.before AND OLD.at <= prune.until)
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'audit leaves are append-only'); END;

CREATE TABLE audit_leaves (
  sequence INTEGER PRIMARY KEY,
  canonical TEXT,
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  pruned_by INTEGER,
  at INTEGER GENERATED ALWAYS AS (json_extract(canonical, '$.at')) VIRTUAL,
  actor TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.actor')) VIRTUAL,
  action TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.action')) VIRTUAL,
  subject TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.subject')) VIRTUAL,
  case_id TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.caseId')) VIRTUAL,
  outcome TEXT GENERATED ALWAYS AS (json_extract(canonical, '$.outcome')) VIRTUAL,
  CHECK ((canonical IS NULL) = (pruned_by IS NOT NULL))
) STRICT;

CREATE TRIGGER audit_nodes_no_delete BEFORE DELETE ON audit_nodes BEGIN SELECT RAISE(ABORT, 'audit nodes are append-only'); END;

CREATE TRIGGER audit_nodes_no_update BEFORE UPDATE ON audit_nodes BEGIN SELECT RAISE(ABORT, 'audit nodes are append-only'); END;

CREATE TABLE audit_nodes (
  level INTEGER NOT NULL CHECK (level >= 1),
  position INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_proven_time (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL,
  ran_ms INTEGER NOT NULL,
  boot TEXT NOT NULL,
  uptime_ms INTEGER NOT NULL
) STRICT;

CREATE TRIGGER audit_prunes_floor BEFORE INSERT ON audit_prunes
WHEN (NEW.sequence = (SELECT size FROM audit_head) AND NEW.first >= 0 AND NEW.first < NEW.before AND NEW.before <= NEW.sequence
  AND NEW.until <= CAST(unixepoch('subsec') * 1000 AS INTEGER) - 15552000000
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'audit leaves are kept for 180 days'); END;

CREATE TRIGGER audit_prunes_no_delete BEFORE DELETE ON audit_prunes BEGIN SELECT RAISE(ABORT, 'audit prunes are append-only'); END;

CREATE TRIGGER audit_prunes_no_update BEFORE UPDATE ON audit_prunes BEGIN SELECT RAISE(ABORT, 'audit prunes are append-only'); END;

CREATE TABLE audit_prunes (
  sequence INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  before INTEGER NOT NULL,
  count INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;

CREATE TRIGGER audit_seal_key_moves_on BEFORE UPDATE ON audit_seal_key
WHEN (NEW.epoch = OLD.epoch AND NEW.key_epoch > OLD.key_epoch
  OR NEW.epoch = OLD.epoch + 1 AND OLD.epoch = (SELECT MAX(epoch) FROM audit_seals)
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'audit seals are appended in order'); END;

CREATE TRIGGER audit_seal_key_no_delete BEFORE DELETE ON audit_seal_key BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;

CREATE TABLE audit_seal_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch INTEGER NOT NULL,
  key_epoch INTEGER NOT NULL,
  private_key BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_seal_start_no_delete BEFORE DELETE ON audit_seal_start BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;

CREATE TRIGGER audit_seal_start_no_update BEFORE UPDATE ON audit_seal_start BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;

CREATE TABLE audit_seal_start (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

CREATE TRIGGER audit_seals_in_order BEFORE INSERT ON audit_seals
WHEN (NEW.epoch = (SELECT COALESCE(MAX(epoch), -1) + 1 FROM audit_seals)
  AND NEW.size > (SELECT COALESCE(MAX(size), 0) FROM audit_seals)
  AND NEW.size = (SELECT size FROM audit_head)
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'audit seals are appended in order'); END;

CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;

CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;

CREATE TABLE audit_seals (
  epoch INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  next_key BLOB NOT NULL CHECK (length(next_key) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

CREATE VIRTUAL TABLE audit_search USING fts5(text, facets, content='', tokenize='ascii');

CREATE TABLE 'audit_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'audit_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'audit_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE audit_search_edge (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  next INTEGER NOT NULL,
  -- Of what the index holds of a leaf; an index of another form is made anew.
  form INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_search_hours (
  low INTEGER PRIMARY KEY,
  high INTEGER NOT NULL CHECK (high >= low),
  hour INTEGER NOT NULL
) STRICT;

CREATE TABLE 'audit_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE audit_terms (
  -- The term (0 action, 1 subject, 2 case) times 2^32, and the block.
  id INTEGER PRIMARY KEY,
  tags BLOB NOT NULL CHECK (length(tags) = 3072),
  -- Under a key that follows from the log's, over the root of the block too.
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TABLE backup_checks (
  snapshot TEXT PRIMARY KEY,
  verified_at INTEGER,
  problem_code TEXT,
  problem_message TEXT
) STRICT;

CREATE TABLE backup_drills (
  sequence INTEGER PRIMARY KEY,
  -- JSON, as the contract has it.
  result TEXT NOT NULL
) STRICT;

CREATE TABLE backup_runs (
  id TEXT PRIMARY KEY,
  folder TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  snapshot TEXT,
  error_code TEXT,
  error_message TEXT
) STRICT;

CREATE TABLE backup_settings (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- JSON, as the contract has them.
  settings TEXT NOT NULL,
  next_at INTEGER,
  -- 1 once a backup was stored in the folder of the settings: an empty folder is another disk then, or none.
  expects_set INTEGER NOT NULL,
  -- How far the regular check of old backups has come: the last object it read.
  verify_cursor TEXT NOT NULL
) STRICT;

CREATE TABLE case_members (
  case_id TEXT NOT NULL REFERENCES cases (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  access TEXT NOT NULL CHECK (access IN ('read', 'write', 'lead')),
  since INTEGER NOT NULL,
  PRIMARY KEY (case_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_members_person ON case_members (person_id);

CREATE TABLE case_removals (
  removed_id TEXT PRIMARY KEY,
  proof TEXT NOT NULL CHECK (json_valid(proof))
) STRICT;

CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Whose own case it is; such a case is never shared, closed or removed.
  personal_of TEXT UNIQUE REFERENCES people (id),
  classification TEXT NOT NULL CHECK (classification IN ('public', 'internal', 'confidential', 'secret')),
  purpose TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  created_at INTEGER NOT NULL,
  closed_at INTEGER,
  retention_days INTEGER,
  hold_reason TEXT,
  hold_since INTEGER,
  hold_by TEXT,
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((hold_reason IS NULL) = (hold_since IS NULL) AND (hold_reason IS NULL) = (hold_by IS NULL))
) STRICT;

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  title TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX conversations_case ON conversations (case_id);

CREATE INDEX conversations_person ON conversations (person_id, updated_at);

CREATE TABLE cosignatures (
  witness_id TEXT NOT NULL REFERENCES witnesses (id),
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  -- Seconds since the epoch by the clock of the witness.
  at INTEGER NOT NULL,
  -- The signed head that was cosigned, and the line of the cosignature.
  checkpoint TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (witness_id, size)
) STRICT, WITHOUT ROWID;

CREATE INDEX cosignatures_size ON cosignatures (size);

CREATE TABLE directory (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  settings TEXT NOT NULL
) STRICT;

CREATE TABLE document_pages (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  width REAL NOT NULL,
  height REAL NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('text', 'ocr')),
  text TEXT NOT NULL,
  words TEXT NOT NULL,
  problem_code TEXT,
  problem_message TEXT,
  PRIMARY KEY (document_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'image', 'text', 'markdown', 'unknown')),
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  blob TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'reading', 'ready', 'failed', 'cancelled')),
  page_count INTEGER,
  pages_read INTEGER NOT NULL DEFAULT 0,
  ocr_pages INTEGER NOT NULL DEFAULT 0,
  error_code TEXT,
  error_message TEXT,
  imported_at INTEGER NOT NULL,
  imported_by TEXT NOT NULL,
  duration_ms REAL,
  -- Equal content is one document of a case; other cases have their own.
  UNIQUE (case_id, sha256)
) STRICT;

CREATE INDEX documents_by_blob ON documents (blob);

CREATE INDEX documents_by_case ON documents (case_id, imported_at);

CREATE INDEX documents_by_status ON documents (status);

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

CREATE TABLE flows (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES cases (id),
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  sample TEXT,
  UNIQUE (case_id, sample)
) STRICT, WITHOUT ROWID;

CREATE TABLE former_passwords (
  person_id TEXT NOT NULL REFERENCES people (id),
  set_at INTEGER NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (person_id, set_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE message_attachments (
  message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  document_id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  state TEXT NOT NULL CHECK (state IN ('complete', 'streaming', 'stopped', 'failed')),
  format TEXT NOT NULL CHECK (format IN ('markdown', 'plain')),
  text TEXT NOT NULL,
  model TEXT,
  model_label TEXT,
  tokens INTEGER,
  duration_ms REAL,
  error TEXT,
  notices TEXT NOT NULL DEFAULT '[]',
  created_at INTEGER NOT NULL,
  UNIQUE (conversation_id, position)
) STRICT;

CREATE INDEX messages_streaming ON messages (state) WHERE state = 'streaming';

CREATE TRIGGER model_calls_go_with_document AFTER DELETE ON model_call_documents
BEGIN DELETE FROM model_calls WHERE id = OLD.call_id; END;

CREATE TABLE model_call_documents (
  call_id TEXT NOT NULL REFERENCES model_calls (id) ON DELETE CASCADE,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  PRIMARY KEY (call_id, document_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX model_call_documents_document ON model_call_documents (document_id);

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

CREATE TABLE model_default (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  model_id TEXT NOT NULL
) STRICT;

CREATE TABLE models (
  id TEXT PRIMARY KEY,
  display_name TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  storage TEXT NOT NULL CHECK (storage IN ('copied', 'linked')),
  path TEXT NOT NULL,
  modified_ms INTEGER NOT NULL,
  label TEXT CHECK (label IN ('test', 'demonstration')),
  header TEXT NOT NULL CHECK (json_valid(header)),
  cache_bytes_per_token INTEGER NOT NULL,
  imported_at INTEGER NOT NULL
) STRICT;

CREATE TABLE organisation (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  name TEXT,
  classification TEXT,
  logo BLOB,
  logo_width INTEGER,
  logo_height INTEGER
) STRICT;

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  user_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN (
    'owner', 'analyst', 'model-steward', 'viewer', 'system-administrator', 'security-administrator', 'audit-administrator'
  )),
  status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
  source TEXT NOT NULL CHECK (source IN ('local', 'directory')),
  created_at INTEGER NOT NULL,
  last_sign_in_at INTEGER,
  password_changed_at INTEGER NOT NULL,
  must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),
  -- As the key slot in vault.json says, which is what counts.
  second_factor TEXT CHECK (second_factor IN ('token', 'certificate'))
) STRICT;

CREATE TABLE policies (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  mode TEXT NOT NULL CHECK (mode IN ('personal', 'separated')),
  policies TEXT NOT NULL
) STRICT;

CREATE TABLE report_files (
  report_id TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  blob TEXT NOT NULL,
  PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX report_files_blob ON report_files (blob);

CREATE TABLE report_keys (
  purpose TEXT PRIMARY KEY CHECK (purpose IN ('vault', 'token', 'time-stamp', 'sm2')),
  algorithm TEXT NOT NULL,
  public_key BLOB NOT NULL,
  certificate BLOB NOT NULL,
  chain TEXT,
  token_serial TEXT,
  token_label TEXT,
  token_key_id TEXT,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE report_organisation_roots (
  certificate BLOB PRIMARY KEY,
  imported_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE report_root (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  certificate BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE report_runs (
  report_id TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX report_runs_run ON report_runs (run_id);

CREATE TABLE report_signing (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  signer TEXT NOT NULL CHECK (signer IN ('vault', 'token')),
  time_stamp INTEGER NOT NULL CHECK (time_stamp IN (0, 1)),
  sm2 INTEGER NOT NULL CHECK (sm2 IN (0, 1))
) STRICT;

CREATE TABLE report_templates (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;

CREATE TABLE reports (
  id TEXT PRIMARY KEY,
  case_id TEXT REFERENCES cases (id),
  kind TEXT NOT NULL CHECK (kind IN ('run', 'case', 'person', 'model', 'access', 'compliance', 'egress')),
  -- What one without a case is about.
  subject TEXT NOT NULL,
  title TEXT NOT NULL,
  language TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  CHECK ((case_id IS NOT NULL) = (kind IN ('run', 'case')))
) STRICT;

CREATE INDEX reports_case ON reports (case_id);

CREATE TABLE rotations (
  epoch INTEGER PRIMARY KEY,
  started_at INTEGER NOT NULL,
  started_by TEXT NOT NULL,
  -- Null while it goes on.
  finished_at INTEGER
) STRICT;

CREATE TABLE run_blobs (
  blob_id TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  PRIMARY KEY (blob_id, run_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_flows (
  run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE INDEX runs_by_case ON runs (case_id, started_at);

CREATE INDEX runs_by_flow ON runs (flow_id, started_at);

CREATE INDEX runs_by_time ON runs (started_at);

CREATE INDEX runs_unfinished ON runs (started_at) WHERE state IN ('queued', 'running');

CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

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

CREATE TABLE signing_keys (
  purpose TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Of the vault key under which the private key is wrapped.
  epoch INTEGER NOT NULL,
  private_key BLOB NOT NULL,
  public_key BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE vault (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  vault_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- Set while the vault is open: still set at the next opening, it was not closed in order.
  open_since INTEGER,
  -- Transactions that changed something; the anchor outside the database counts them too.
  commits INTEGER NOT NULL DEFAULT 0,
  -- The generation of vault.json that was written last: an older file put back is recognised.
  slots_generation INTEGER NOT NULL DEFAULT 0,
  -- Of the files in blobs/, when the vault was last closed; exact or to be counted anew.
  blob_bytes INTEGER NOT NULL DEFAULT 0,
  blob_count INTEGER NOT NULL DEFAULT 0,
  blobs_counted INTEGER NOT NULL DEFAULT 1,
  -- Pages that the check after an unclean stop has been through; null when none is due.
  checked_pages INTEGER
) STRICT;

CREATE TABLE witnesses (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Verifier key of a signed note: name, key id and public key.
  key TEXT NOT NULL UNIQUE,
  folder TEXT,
  added_at INTEGER NOT NULL,
  -- What it last found wrong with this log.
  alarm TEXT CHECK (alarm IN ('older', 'forked', 'other-key')),
  alarm_at INTEGER,
  alarm_size INTEGER,
  removed_at INTEGER
) STRICT;
