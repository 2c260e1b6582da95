export const backupSql = `
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

CREATE TABLE backup_runs (
  id TEXT PRIMARY KEY,
  folder TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  snapshot TEXT,
  error_code TEXT,
  error_message TEXT
) STRICT;

-- What the last check of a snapshot found.
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
`;
