/**
 * The append-only log. `canonical` is the leaf itself (RFC 8785 JSON); the columns that serve filters are generated from
 * it, so none can say anything else. A leaf whose retention is over loses its text and keeps its hash (`pruned_by`: the
 * sequence of the leaf that tells of it). `audit_nodes` keeps the complete subtrees above the leaves, so that a root
 * costs O(log n). `audit_seals`: one per epoch, each signed by a key that was destroyed with it.
 */
export const auditSql = `
CREATE TABLE signing_keys (
  purpose TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- Of the vault key under which the private key is wrapped.
  epoch INTEGER NOT NULL,
  private_key BLOB NOT NULL,
  public_key BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE audit_nodes (
  level INTEGER NOT NULL CHECK (level >= 1),
  position INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

-- What the leaves of each full block of 1024 are about, three bytes a leaf and term (\`leaf-terms.ts\`).
CREATE TABLE audit_terms (
  -- The term (0 action, 1 subject, 2 case) times 2^32, and the block.
  id INTEGER PRIMARY KEY,
  tags BLOB NOT NULL CHECK (length(tags) = 3072),
  -- Under a key that follows from the log's, over the root of the block too.
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  -- The roots of the complete subtrees at the right edge, largest first: all that the next leaf needs to know.
  edge BLOB NOT NULL CHECK (length(edge) % 32 = 0),
  -- Under a key that follows from the log's: that the log wrote it.
  mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

-- The public key of the first epoch, signed by the key of the log.
CREATE TABLE audit_seal_start (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

CREATE TABLE audit_seals (
  epoch INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  next_key BLOB NOT NULL CHECK (length(next_key) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

-- The private key of the epoch that is open, the only one there is.
CREATE TABLE audit_seal_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch INTEGER NOT NULL,
  key_epoch INTEGER NOT NULL,
  private_key BLOB NOT NULL
) STRICT;

-- What the leaf of the same sequence took the text of: leaves from first up to, but not including, before, written until then.
CREATE TABLE audit_prunes (
  sequence INTEGER PRIMARY KEY,
  first INTEGER NOT NULL,
  before INTEGER NOT NULL,
  count INTEGER NOT NULL,
  until INTEGER NOT NULL
) STRICT;

-- While there is a row, no leaf loses its text.
CREATE TABLE audit_hold (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;

-- A time that the wall clock showed, and how long machines have run since by clocks that nobody can set.
CREATE TABLE audit_proven_time (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL,
  ran_ms INTEGER NOT NULL,
  boot TEXT NOT NULL,
  uptime_ms INTEGER NOT NULL
) STRICT;

CREATE TRIGGER audit_leaves_only_pruned BEFORE UPDATE ON audit_leaves
WHEN (NEW.sequence = OLD.sequence AND NEW.leaf_hash = OLD.leaf_hash AND NEW.canonical IS NULL AND OLD.canonical IS NOT NULL
  AND OLD.action <> 'audit.prune' AND NOT EXISTS (SELECT 1 FROM audit_hold)
  AND EXISTS (SELECT 1 FROM audit_prunes AS prune JOIN audit_head AS head ON head.size = prune.sequence
    WHERE prune.sequence = NEW.pruned_by AND OLD.sequence >= prune.first AND OLD.sequence < prune.before AND OLD.at <= prune.until)
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'audit leaves are append-only'); END;
CREATE TRIGGER audit_leaves_no_delete BEFORE DELETE ON audit_leaves BEGIN SELECT RAISE(ABORT, 'audit leaves are append-only'); END;
CREATE TRIGGER audit_leaves_in_order BEFORE INSERT ON audit_leaves
WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), -1) + 1 FROM audit_leaves) OR NEW.canonical IS NULL
BEGIN SELECT RAISE(ABORT, 'audit leaves are appended in order'); END;
CREATE TRIGGER audit_nodes_no_update BEFORE UPDATE ON audit_nodes BEGIN SELECT RAISE(ABORT, 'audit nodes are append-only'); END;
CREATE TRIGGER audit_nodes_no_delete BEFORE DELETE ON audit_nodes BEGIN SELECT RAISE(ABORT, 'audit nodes are append-only'); END;
CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head WHEN NEW.size <= OLD.size BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;
CREATE TRIGGER audit_seal_start_no_update BEFORE UPDATE ON audit_seal_start BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;
CREATE TRIGGER audit_seal_start_no_delete BEFORE DELETE ON audit_seal_start BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;
CREATE TRIGGER audit_seals_in_order BEFORE INSERT ON audit_seals
WHEN (NEW.epoch = (SELECT COALESCE(MAX(epoch), -1) + 1 FROM audit_seals)
  AND NEW.size > (SELECT COALESCE(MAX(size), 0) FROM audit_seals)
  AND NEW.size = (SELECT size FROM audit_head)
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'audit seals are appended in order'); END;
CREATE TRIGGER audit_seal_key_moves_on BEFORE UPDATE ON audit_seal_key
WHEN (NEW.epoch = OLD.epoch AND NEW.key_epoch > OLD.key_epoch
  OR NEW.epoch = OLD.epoch + 1 AND OLD.epoch = (SELECT MAX(epoch) FROM audit_seals)
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'audit seals are appended in order'); END;
CREATE TRIGGER audit_seal_key_no_delete BEFORE DELETE ON audit_seal_key BEGIN SELECT RAISE(ABORT, 'audit seals are append-only'); END;
CREATE TRIGGER audit_prunes_floor BEFORE INSERT ON audit_prunes
WHEN (NEW.sequence = (SELECT size FROM audit_head) AND NEW.first >= 0 AND NEW.first < NEW.before AND NEW.before <= NEW.sequence
  AND NEW.until <= CAST(unixepoch('subsec') * 1000 AS INTEGER) - 15552000000
) IS NOT TRUE
BEGIN SELECT RAISE(ABORT, 'audit leaves are kept for 180 days'); END;
CREATE TRIGGER audit_prunes_no_update BEFORE UPDATE ON audit_prunes BEGIN SELECT RAISE(ABORT, 'audit prunes are append-only'); END;
CREATE TRIGGER audit_prunes_no_delete BEFORE DELETE ON audit_prunes BEGIN SELECT RAISE(ABORT, 'audit prunes are append-only'); END;
`;
